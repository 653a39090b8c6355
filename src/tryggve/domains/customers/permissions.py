from django.utils.translation import gettext_lazy as _

from tryggve.accounts import permissions, tokens
from tryggve.accounts.roles import Area, Level

permissions.declare("customers.view", area=Area.CUSTOMERS, level=Level.READ)
permissions.declare("customers.change", area=Area.CUSTOMERS)
permissions.declare("customers.assign", area=Area.PEOPLE)
# What the card asks for is a setting: it holds nobody's answers.
permissions.declare("customers.fields", area=Area.SETTINGS)
permissions.declare("customers.reveal", area=Area.SENSITIVE, level=Level.READ, step_up=True)
permissions.declare("customers.sensitive-change", area=Area.SENSITIVE, step_up=True)
permissions.declare("customers.import", area=Area.IMPORT)
permissions.declare("customers.undo-import", area=Area.ERASURE, step_up=True)
permissions.declare("customers.export", area=Area.EXPORT, step_up=True)
# Undone for 30 days, so it takes no more than to change a card.
permissions.declare("customers.merge", area=Area.CUSTOMERS)
permissions.declare("customers.api", area=Area.CUSTOMERS, level=Level.READ)
tokens.scope("customers.api", _("Customers, without sensitive details"))
