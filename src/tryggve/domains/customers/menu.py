from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers.selectors import register
from tryggve.ui import first_work, menu, search

menu.register(
    area=menu.CUSTOMERS,
    label=_("All customers"),
    url_name="customers:list",
    permission="customers.view",
    order=10,
)
menu.register(
    area=menu.CUSTOMERS,
    label=_("Bring in a list"),
    url_name="customers:upload",
    permission="customers.import",
    order=20,
)

menu.register(
    area=menu.CUSTOMERS,
    label=_("Take customers out"),
    url_name="customers:export",
    permission="customers.export",
    order=50,
)
menu.register(
    area=menu.CUSTOMERS,
    label=_("Possible doubles"),
    url_name="customers:doubles",
    permission="customers.merge",
    order=30,
)
menu.register(
    area=menu.COMPANY,
    label=_("Own fields"),
    url_name="customers:fields",
    permission="customers.fields",
    order=45,
)

search.offer(url_name="customers:search", label=_("Find a customer"), permission="customers.view")

first_work.offer(
    url_name="customers:upload", permission="customers.import", is_done=register.is_there_a_customer
)
