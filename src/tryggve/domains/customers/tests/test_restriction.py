"""A customer whose data may be seen and kept, and used for nothing else (GDPR art. 18)."""

import inspect
import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests import commands
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers import api
from tryggve.domains.customers import services as room
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer, Document, Merge, Note, Relation
from tryggve.domains.customers.selectors import exported, register
from tryggve.domains.customers.services import (
    documents,
    merge_undo,
    merges,
    notes,
    putting_aside,
    records,
    relations,
    responsible,
    sensitive,
    undo_jobs,
)
from tryggve.domains.customers.services.standing import Restricted
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, in_force, untouched
from tryggve.domains.customers.tests.numbers import CILLAS_WRITTEN, kept_of

pytestmark = pytest.mark.django_db
COMMON: dict[str, Any] = {"actor": MACHINE, "at": NOW, "reach": EVERYBODY}
MOVED = replace(CILLA, note="Moved.")
SECRET = Sensitive(custom=(("a", "b"),))


@pytest.fixture
def cilla() -> UUID:
    """With a note."""
    [cilla] = add(CILLA)
    notes.add_note(customer=cilla, text="Ring her", **COMMON)
    return cilla


@pytest.fixture
def dan() -> UUID:
    [dan] = add(DAN)
    return dan


def _restrict(customer: UUID) -> None:
    putting_aside.restrict(customer=customer, at=NOW, reach=EVERYBODY)


def _note(customer: UUID) -> UUID:
    return Note.objects.get(customer=customer).pk


def _related(one: UUID, other: UUID) -> UUID:
    return relations.relate(customer=one, other=other, kind="CONTACT", **COMMON)


def _file(customer: UUID) -> UUID:
    return documents.add_document(customer=customer, name="b.txt", source=BytesIO(b"b"), **COMMON)


def _merged(one: UUID, other: UUID) -> UUID:
    return merges.merge_customers(kept=one, gone=other, seen=(1, 1), **COMMON)


Deed = Callable[[UUID, UUID, Any], object]
Before = Callable[[UUID, UUID], Any]


def _nothing(one: UUID, other: UUID) -> None:
    return None


# Each service that asks for reach, what must be there before, and how it is asked; the restricted one comes first.
DEEDS: dict[str, tuple[Before, Deed]] = {
    "records.change_customer": (
        _nothing,
        lambda one, *_: records.change_customer(customer=one, seen_revision=1, details=MOVED, **COMMON),
    ),
    "putting_aside.put_aside": (_nothing, lambda one, *_: api.put_aside(customer=one, reach=EVERYBODY)),
    "sensitive.change_sensitive": (
        _nothing,
        lambda one, *_: sensitive.change_sensitive(customer=one, seen_revision=0, sensitive=SECRET, **COMMON),
    ),
    "notes.add_note": (_nothing, lambda one, *_: notes.add_note(customer=one, text="Hello", **COMMON)),
    "notes.change_note": (
        _nothing,
        lambda one, *_: notes.change_note(
            customer=one, note=_note(one), seen_revision=1, text="Hello", **COMMON
        ),
    ),
    "notes.delete_note": (
        _nothing,
        lambda one, *_: notes.delete_note(customer=one, note=_note(one), **COMMON),
    ),
    "documents.add_document": (_nothing, lambda one, *_: _file(one)),
    "documents.remove_document": (
        lambda one, _: _file(one),
        lambda one, _, file: documents.remove_document(customer=one, document=file, **COMMON),
    ),
    "responsible.assign": (
        _nothing,
        lambda one, other, _: responsible.assign(customer=one, responsible=other, **COMMON),
    ),
    "relations.relate": (_nothing, lambda one, other, _: _related(one, other)),
    "relations.relate, from the other": (_nothing, lambda one, other, _: _related(other, one)),
    "relations.unrelate": (
        _related,
        lambda one, _, relation: relations.unrelate(customer=one, relation=relation, **COMMON),
    ),
    "relations.unrelate, from the other": (
        _related,
        lambda _, other, relation: relations.unrelate(customer=other, relation=relation, **COMMON),
    ),
    "merges.merge_customers": (_nothing, lambda one, other, _: _merged(one, other)),
    "merges.merge_customers, into the other": (_nothing, lambda one, other, _: _merged(other, one)),
    "merge_undo.undo_merge": (
        _merged,
        lambda one, _, merge: merge_undo.undo_merge(merge=merge, **COMMON),
    ),
}
# They look, begin or end a restriction or an erasure, or say that two cards are two.
OTHERS = {
    "documents.in_force",
    "merges.locked",
    "putting_aside.bring_back",
    "putting_aside.lift_restriction",
    "putting_aside.restrict",
    "standing.require_usable",
    "told_apart.tell_apart",
}


@pytest.mark.parametrize("deed", DEEDS)
def test_restricted_customer_is_changed_by_no_deed(cilla: UUID, dan: UUID, deed: str) -> None:
    prepare, do = DEEDS[deed]
    thing = prepare(cilla, dan)
    _restrict(cilla)
    before = _all_there()

    with pytest.raises(Restricted, match="used for nothing else"):
        do(cilla, dan, thing)
    assert _all_there() == before

    putting_aside.lift_restriction(customer=cilla, reach=EVERYBODY)
    do(cilla, dan, thing)


def _all_there() -> tuple[object, ...]:
    counts = [model.objects.count() for model in (Note, Document, Relation, Merge)]
    return untouched(), *counts


def test_table_has_every_service_that_asks_for_reach() -> None:
    folder = Path(str(room.__file__)).parent
    asking = {
        f"{path.stem}.{name}"
        for path in folder.glob("*.py")
        for name, function in vars(import_module(f"{room.__name__}.{path.stem}")).items()
        if inspect.isfunction(function) and function.__module__.endswith(f".services.{path.stem}")
        and not name.startswith("_") and "reach" in inspect.signature(function).parameters
    }  # fmt: skip
    assert {deed.partition(",")[0] for deed in DEEDS} | OTHERS == asking


@pytest.mark.parametrize(
    ("page", "form", "status"),
    [
        ("edit/", {"kind": "person", "name": "Cilla", "revision": "1"}, 409),
        ("notes/add/", {"text": "Hello"}, 409),
        ("sensitive/change/", {"numbers": "", "revision": "1"}, 200),  # beside the form
        ("erase/", {"ground": "DUE", "name": CILLA.name}, 409),
    ],
)
def test_page_says_why_it_is_refused(
    as_anna: Client, cilla: UUID, page: str, form: dict[str, str], status: int
) -> None:
    sensitive.change_sensitive(customer=cilla, seen_revision=0, sensitive=SECRET, **COMMON)
    _restrict(cilla)
    before = untouched()
    answer = as_anna.post(f"/customers/{cilla}/{page}", form)
    assert (answer.status_code, "used for nothing else" in answer.content.decode()) == (status, True)
    assert untouched() == before


@pytest.mark.usefixtures("database_in_its_place")
def test_command_says_why_it_is_refused(cilla: UUID, dan: UUID) -> None:
    _restrict(cilla)
    for pair in ((cilla, dan), (dan, cilla)):
        with pytest.raises(Restricted, match="used for nothing else"):
            commands.run("customers", "customers", "merge", *map(str, pair), "--yes")


def test_every_service_that_asks_for_reach_asks_whether_the_data_may_be_used() -> None:
    """A service that asked for reach alone would forget the restriction."""
    alone = [
        path.name
        for path in sorted(Path(str(room.__file__)).parent.glob("*.py"))
        if re.search(r"\brequire_within\b", path.read_text())
    ]
    # The one defines it, the other ends a restriction or an erasure.
    assert alone == ["putting_aside.py", "standing.py"]


def test_restricted_customer_can_be_seen_and_found(cilla: UUID) -> None:
    _restrict(cilla)
    card = register.customer_card(customer=cilla, **COMMON)
    found = register.customers_matching(text="cilla", **COMMON)
    assert (card.details, card.restricted_at, len(found)) == (CILLA, NOW, 1)


def test_restricted_customer_is_in_no_file_that_leaves(cilla: UUID, dan: UUID) -> None:
    assert set(exported.customers_in_view(reach=EVERYBODY)) == {cilla, dan}
    _restrict(cilla)
    assert exported.customers_in_view(reach=EVERYBODY) == [dan]
    assert exported.customers_still_there([cilla, dan], reach=EVERYBODY) == [dan]
    assert [one.id for one in exported.records_of([cilla, dan])] == [str(dan)]


def test_who_sends_messages_is_told(cilla: UUID) -> None:
    def told() -> bool:
        person = api.person(cilla)
        assert person is not None
        return person.is_restricted

    assert not told()
    _restrict(cilla)
    assert told()


def test_list_adds_nothing_to_a_restricted_customer_and_says_so(cilla: UUID, dan: UUID) -> None:
    _restrict(cilla)
    content = csv_of("Cilla Åkerström;cilla@example.se;;;", f"{DAN.name};dan@example.dk;;ring;")
    content = content.replace(b"cilla@example.se;;;", b"cilla@example.se;08-465 004 00;;")

    told = bring_in(content)

    assert (told.updated, told.unchanged, told.created) == (1, 1, 0)
    assert (in_force()[CILLA.name], in_force()[DAN.name].note) == (CILLA, "ring")


def test_list_brings_no_number_to_a_restricted_customer_nor_promises_it(cilla: UUID) -> None:
    _restrict(cilla)
    before = untouched()
    content = f"Namn;E-post;Personnr\n{CILLA.name};{CILLA.emails[0]};{CILLAS_WRITTEN}\n".encode()

    told = bring_in(content)

    assert told.identity_numbers is not None
    assert (told.updated, told.unchanged, told.identity_numbers.saved) == (0, 1, 0)
    assert (untouched(), kept_of(cilla)) == (before, Sensitive())


def test_restriction_that_comes_while_a_list_is_brought_in_holds(cilla: UUID) -> None:
    row = Customer.objects.get(pk=cilla)
    row.pending_sealed, row.pending_revision, row.pending_batch_ref = b"1", 2, cilla
    row.save()
    _restrict(cilla)
    assert Customer.objects.filter(
        pending_sealed=None, pending_revision=None, pending_batch_ref=None
    ).exists()


def test_undo_of_a_list_leaves_a_restricted_customer_as_the_card_is(cilla: UUID) -> None:
    batch = UUID(bring_in(csv_of("Cilla Åkerström;cilla@example.se;08-465 004 00;;")).import_id)
    changed = in_force()[CILLA.name]
    assert changed != CILLA
    _restrict(cilla)

    undo_jobs.order_undo(batch=batch, is_used_too=True, actor=MACHINE, at=NOW)
    undo_jobs.run_ordered(batch=batch, at=NOW)

    assert in_force()[CILLA.name] == changed


def test_restricted_twice_it_began_once_and_ends_once(cilla: UUID) -> None:
    _restrict(cilla)
    putting_aside.restrict(customer=cilla, at=NOW.replace(year=2027), reach=EVERYBODY)
    assert Customer.objects.get(pk=cilla).restricted_at == NOW
    for _time in range(2):
        putting_aside.lift_restriction(customer=cilla, reach=EVERYBODY)
    assert Customer.objects.get(pk=cilla).restricted_at is None
