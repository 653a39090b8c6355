from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import api as customers
from tryggve.domains.datamap.selectors import ties
from tryggve.ui import menu

_MOST_SHOWN: Final = 10

menu.register(
    area=menu.PROTECTION,
    label=_("Data map"),
    url_name="datamap:overview",
    permission="datamap.view",
    order=45,
)


def files_of(customer: UUID, request: HttpRequest, told: customers.Told) -> Mapping[str, Any]:
    """Files outside the register that name the customer. No question where no file was ever looked into."""
    named = ties.named_in(customer)
    return {"files": named[:_MOST_SHOWN], "more": max(0, len(named) - _MOST_SHOWN)}


customers.show_on_card(customers.Panel("datamap/_card_files.html", "datamap.look-into-files", files_of))
