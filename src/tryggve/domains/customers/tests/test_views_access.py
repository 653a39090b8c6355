"""Who gets to the pages of customers, and by which method."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import CILLA, NOW
from tryggve.accounts import permissions
from tryggve.audit import selectors as audit
from tryggve.domains.customers import urls
from tryggve.domains.customers.services import imports
from tryggve.domains.customers.tests.lists import MACHINE, add, people

pytestmark = pytest.mark.django_db
NOBODY = UUID(int=1)
BUTTONS = ["search", "import-confirm", "import-cancel", "assign"]
ABOUT_A_CUSTOMER = ["card", "edit", "delete"]
ABOUT_AN_IMPORT = ["import", "import-confirm", "import-cancel"]


def _addresses() -> dict[str, str]:
    """Every address of the domain, with ids of what is there."""
    [cilla] = add(CILLA)
    batch = imports.preview_file(name="a.csv", content=people(range(2)), source="", actor=MACHINE, at=NOW)
    words = {"customer": cilla, "batch": batch, "token": "abc"}
    found = {}
    for pattern in urls.urlpatterns:
        if str(pattern.name).startswith("api-"):
            continue  # for programs: tests/test_api.py
        named = {name: words[name] for name in pattern.pattern.converters}
        found[str(pattern.name)] = reverse(f"customers:{pattern.name}", kwargs=named)
    return found


def test_every_page_asks_for_a_permission_of_its_own_domain() -> None:
    asked = {str(one.name): permissions.asked_by(one.callback, None) for one in urls.urlpatterns}
    assert asked == {
        "list": "customers.view", "search": "customers.view", "found": "customers.view", "card": "customers.view",
        "add": "customers.change", "edit": "customers.change", "delete": "customers.delete",
        "upload": "customers.import", "import": "customers.import", "import-confirm": "customers.import",
        "import-cancel": "customers.import", "assign": "customers.assign", "api-list": "customers.api",
        "api-customer": "customers.api",
    }  # fmt: skip


def test_mallory_is_sent_to_sign_in_wherever_she_goes(as_mallory: Client) -> None:
    addresses = _addresses()
    entries = len(audit.newest_entries())
    for name, address in addresses.items():
        for method in ("get", "post", "put", "delete"):
            answer = getattr(as_mallory, method)(address)
            leads_to = address if method == "get" else "/"
            assert (name, method, answer.status_code, answer.headers["Location"]) == (
                name, method, 302, f"/sign-in/?next={leads_to}",
            )  # fmt: skip
            assert b"Cilla" not in answer.content
    assert len(audit.newest_entries()) == entries


@pytest.mark.parametrize("name", [*ABOUT_A_CUSTOMER, "import"])
def test_mallory_learns_nothing_about_which_ids_there_are(as_mallory: Client, name: str) -> None:
    words = {"customer" if name in ABOUT_A_CUSTOMER else "batch": NOBODY}
    unknown = reverse(f"customers:{name}", kwargs=words)
    answer, there = as_mallory.get(unknown), as_mallory.get(_addresses()[name])
    assert (answer.status_code, answer.content) == (there.status_code, there.content) == (302, b"")


def test_anna_gets_every_page(as_anna: Client) -> None:
    for name, address in _addresses().items():
        if name not in BUTTONS and name != "found":
            assert (name, as_anna.get(address).status_code) == (name, 200)


@pytest.mark.parametrize("name", BUTTONS)
def test_button_does_nothing_when_its_address_is_only_opened(as_anna: Client, name: str) -> None:
    address = _addresses()[name]
    assert as_anna.get(address, {"text": "cilla"}).status_code == 405


@pytest.mark.parametrize("name", ["list", "card", "import"])
def test_page_that_only_shows_takes_no_answers(as_anna: Client, name: str) -> None:
    assert as_anna.post(_addresses()[name]).status_code == 405


@pytest.mark.parametrize("name", [*ABOUT_A_CUSTOMER, "import"])
def test_unknown_id_is_not_found(as_anna: Client, name: str) -> None:
    words = {"customer" if name in ABOUT_A_CUSTOMER else "batch": NOBODY}
    assert as_anna.get(reverse(f"customers:{name}", kwargs=words)).status_code == 404


@pytest.mark.parametrize("name", ["import-confirm", "import-cancel"])
def test_button_of_an_import_that_is_gone_is_refused_in_words(as_anna: Client, name: str) -> None:
    answer = as_anna.post(reverse(f"customers:{name}", kwargs={"batch": NOBODY}))
    assert answer.status_code == 409
    assert "This import was started or called off already." in answer.content.decode()


def test_form_without_its_token_is_refused(as_anna: Client) -> None:
    addresses = _addresses()
    as_anna.handler.enforce_csrf_checks = True
    for name in ("search", "add", "delete", "upload", "import-confirm", "import-cancel"):
        assert as_anna.post(addresses[name], {"text": "cilla"}).status_code == 403
