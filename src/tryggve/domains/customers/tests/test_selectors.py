from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import CILLA, DAN, NOW
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.audit.models import Entry
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.selectors import imported, register
from tryggve.domains.customers.services import imports
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import add, bring_in, people
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db
ANNA = f"user:{new_id()}"


def _card(customer: UUID) -> register.Card:
    return register.customer_card(reach=EVERYBODY, customer=customer, actor=ANNA, at=NOW)


def _page(number: int = 1) -> Any:
    return register.customer_page(reach=EVERYBODY, number=number, actor=ANNA, at=NOW)


def _found(text: str, *, limit: int = 50) -> list[str]:
    found = register.customers_matching(reach=EVERYBODY, text=text, actor=ANNA, at=NOW, limit=limit)
    return [details.name for _customer, details in found]


def _told(look: Callable[[], object]) -> tuple[str, UUID | None, dict[str, Any]]:
    """The one entry that a look writes."""
    before = Entry.objects.count()
    look()
    assert Entry.objects.count() == before + 1
    [entry] = audit.newest_entries(limit=1)
    assert (entry.actor, entry.recorded_at) == (ANNA, NOW)
    return entry.action, entry.subject, entry.facts


def test_look_at_a_card_is_told_with_the_customer_and_the_page() -> None:
    [cilla] = add(CILLA)
    assert _told(lambda: _card(cilla)) == ("customers.viewed", cilla, {"page": "card"})


def test_look_at_a_list_is_told_with_how_many_were_shown() -> None:
    add(CILLA, DAN)
    assert _told(_page) == ("customers.listed", None, {"shown": 2, "page": 1})


def test_search_is_told_without_what_was_typed() -> None:
    add(CILLA, DAN)
    assert _told(lambda: _found("cilla")) == ("customers.searched", None, {"shown": 1})
    assert _told(lambda: _found("nobody of that name")) == ("customers.searched", None, {"shown": 0})


def test_earlier_search_shown_again_is_told_again() -> None:
    [cilla] = add(CILLA)
    look = lambda: register.customers_found_before(reach=EVERYBODY, customers=[cilla], actor=ANNA, at=NOW)  # noqa: E731
    assert _told(look) == ("customers.searched", None, {"shown": 1})


def test_look_at_an_import_is_told_with_its_id() -> None:
    batch = UUID(bring_in(people(range(2))).import_id)
    look = lambda: imported.import_shown(batch=batch, actor=ANNA, at=NOW)  # noqa: E731
    assert _told(look) == ("customers.import-viewed", None, {"batch": str(batch)})


def test_card_shows_what_was_written() -> None:
    [cilla] = add(CILLA)
    assert _card(cilla) == register.Card(cilla, 1, CILLA, NOW, NOW)


@pytest.mark.parametrize("state", [Customer.State.STAGING, Customer.State.DESTROYING])
def test_customer_not_in_force_is_seen_nowhere(state: Customer.State) -> None:
    cilla, _dan = add(CILLA, DAN)
    Customer.objects.filter(pk=cilla).update(state=state)
    with pytest.raises(register.NoSuchCustomer):
        _card(cilla)
    assert (_found("cilla"), [details.name for _id, details in _page()]) == ([], [DAN.name])
    assert register.customers_found_before(reach=EVERYBODY, customers=[cilla], actor=ANNA, at=NOW) == []


def test_pages_hold_fifty_in_order_of_names() -> None:
    bring_in(people(reversed(range(60))))
    first, last = _page(1), _page(2)
    assert [details.name for _id, details in first] == [f"Kund {number:05}" for number in range(50)]
    assert [details.name for _id, details in last] == [f"Kund {number:05}" for number in range(50, 60)]
    assert (_page(99).number, first.paginator.count) == (2, 60)


def test_deleted_customer_leaves_the_list_and_earlier_searches() -> None:
    cilla, dan = add(CILLA, DAN)
    _page()
    deleting.delete_customer(customer=cilla, actor=ANNA, at=NOW)
    assert [details.name for _id, details in _page()] == [DAN.name]
    found = register.customers_found_before(reach=EVERYBODY, customers=[dan, cilla], actor=ANNA, at=NOW)
    assert [customer for customer, _details in found] == [dan]


def test_limit_of_any_size_is_answered() -> None:
    bring_in(people(range(1100)))
    assert len(_found("kund", limit=1_000_000)) == 1100
    assert len(_found("kund", limit=3)) == 3


def _queries(look: Callable[[], object]) -> int:
    look()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        look()
    return len(queries)


@pytest.mark.parametrize(
    ("look", "asked"),
    [(_page, 3), (lambda: _found("kund"), 3), (lambda: _card(Customer.objects.all()[0].pk), 3)],
    ids=["list", "search", "card"],
)
def test_number_of_questions_does_not_grow_with_the_register(look: Callable[[], object], asked: int) -> None:
    add(Details(name="Kund 0"))
    assert _queries(look) == asked
    bring_in(people(range(60)))
    assert _queries(look) == asked


def test_import_called_off_or_unknown_is_no_import() -> None:
    batch = imports.preview_file(name="a.csv", content=people(range(2)), source="", actor=ANNA, at=NOW)
    imports.cancel(batch=batch, actor=ANNA, at=NOW)
    for gone in (batch, UUID(int=1)):
        with pytest.raises(imported.NoSuchImport):
            imported.import_shown(batch=gone, actor=ANNA, at=NOW)


def test_import_whose_leavings_are_destroyed_is_no_import_any_more() -> None:
    batch = UUID(bring_in(people(range(2))).import_id)
    key = Import.objects.get(pk=batch).key_ref
    assert key
    vault.keyring().destroy_keys([key])
    with pytest.raises(imported.NoSuchImport):
        imported.import_shown(batch=batch, actor=ANNA, at=NOW)
