from django.utils.translation import gettext_lazy as _

from tryggve.accounts import permissions, tokens
from tryggve.accounts.roles import Area, Level

permissions.declare("customers.view", area=Area.CUSTOMERS, level=Level.READ)
permissions.declare("customers.change", area=Area.CUSTOMERS)
permissions.declare("customers.assign", area=Area.PEOPLE)
permissions.declare("customers.delete", area=Area.ERASURE, step_up=True)
permissions.declare("customers.import", area=Area.IMPORT)
permissions.declare("customers.api", area=Area.CUSTOMERS, level=Level.READ)
tokens.scope("customers.api", _("Customers, without sensitive details"))
