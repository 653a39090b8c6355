"""Karin may see no customers: no page of another area shows her one."""

from uuid import UUID

import pytest
from django.test import Client

from tests import signing_in
from tests.cast import CILLA, NOW
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import imports
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of
from tryggve.domains.customers.tests.merging import NUMBER, keep_number

pytestmark = pytest.mark.django_db
PAGES = (
    "import/",
    "import/WAITING/",
    "import/WAITING/columns/",
    "import/WAITING/rows/",
    "import/WAITING/rows/0/",
    "import/WAITING/doubles/",
    "import/DONE/",
    "import/DONE/undo/",
    "CUSTOMER/sensitive/",
    "CUSTOMER/sensitive/change/",
    "CUSTOMER/erase/",
    "doubles/",
    "export/",
)


@pytest.fixture
def blind(karin: User) -> Client:
    karin.given = {Area.CUSTOMERS: 0, Area.SENSITIVE: 2, Area.EXPORT: 2}
    karin.save()
    return signing_in.browser_of(karin)


def _ids() -> dict[str, str]:
    [cilla] = add(CILLA)
    keep_number(cilla, Sensitive((NUMBER,)))
    done = bring_in(csv_of("Dan Sørensen;dan@example.dk"))
    rows = csv_of(f"Cissi;;{CILLA.phones[0]}")
    waiting = imports.preview_file(name="x.csv", content=rows, source="", actor=MACHINE, at=NOW)
    return {"CUSTOMER": str(cilla), "DONE": str(done.import_id), "WAITING": str(waiting)}


@pytest.mark.parametrize("page", PAGES)
def test_page_of_another_area_is_closed(as_anna: Client, blind: Client, page: str) -> None:
    ids, address = _ids(), f"/customers/{page}"
    for name, id in ids.items():
        address = address.replace(name, id)
    assert as_anna.get(address, follow=True).status_code == 200
    for method, typed in (("get", {}), ("post", {"reason": "x", "name": CILLA.name})):
        answer = getattr(blind, method)(address, typed)
        shown = [known for known in (CILLA.name, CILLA.emails[0], "9802") if known in answer.content.decode()]
        assert (answer.status_code in (403, 405), shown) == (True, [])
    assert Customer.objects.filter(pk=UUID(ids["CUSTOMER"]), state=Customer.State.ACTIVE).exists()
