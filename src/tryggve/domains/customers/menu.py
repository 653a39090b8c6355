from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import selectors
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

search.offer(url_name="customers:search", label=_("Find a customer"), permission="customers.view")

first_work.offer(
    url_name="customers:upload", permission="customers.import", is_done=selectors.is_there_a_customer
)
