import contextlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from tryggve.audit import actors, registry, services
from tryggve.audit.models import AppendOnly, Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ANNA = actors.user(UUID("01890a5d-ac96-774b-bcce-b302099a8057"))
CILLA = UUID("01890a5d-ac96-774b-bcce-b302099a8058")

Commit = Callable[..., object]


def _facts(told: dict[str, object]) -> dict[str, Any]:
    """Facts as someone might give them who didn't look at their types."""
    return told


@pytest.fixture
def erased() -> registry.Action:
    return registry.declare(
        "customers.customer-erased",
        "A customer was erased",
        files=int,
        forced=bool,
        kind=str,
        fields=list[str],
    )


def test_record_keeps_what_was_told(erased: registry.Action) -> None:
    services.record(
        erased,
        actor=ANNA,
        at=NOW,
        subject=CILLA,
        files=3,
        forced=False,
        kind="person",
        fields=["e-mail", "note"],
    )

    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.recorded_at, entry.subject) == (
        "customers.customer-erased",
        ANNA,
        NOW,
        CILLA,
    )
    assert entry.facts == {"files": 3, "forced": False, "kind": "person", "fields": ["e-mail", "note"]}


def test_record_in_a_transaction_costs_one_query(
    erased: registry.Action, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with transaction.atomic(), django_assert_num_queries(1):
        services.record(erased, actor=ANNA, at=NOW, files=1)


def test_record_of_undeclared_action_raises() -> None:
    unknown = registry.Action("customers.customer-sold", "A customer was sold", {})

    with pytest.raises(services.UndeclaredAction):
        services.record(unknown, actor=ANNA, at=NOW)
    assert Entry.objects.count() == 0


def test_record_with_undeclared_fact_raises(erased: registry.Action) -> None:
    with pytest.raises(services.UndeclaredFact, match="reason"):
        services.record(erased, actor=ANNA, at=NOW, reason="asked")
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    "value",
    [
        "cilla@firma.example",
        "Cilla Andersson",
        "cilla andersson",
        "070-1234567",
        ["e-mail", "cilla@firma.example"],
        ["e-mail"] * 101,
        [1],
        2**53,
        1.5,
        None,
        {"name": "cilla"},
    ],
)
def test_record_fact_that_could_name_someone_raises_without_repeating_it(
    erased: registry.Action, value: object
) -> None:
    with pytest.raises(services.NotAFact) as raised:
        services.record(erased, actor=ANNA, at=NOW, kind=cast(str, value))

    assert str(raised.value) == "customers.customer-erased: kind"
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("files", True),
        ("files", "3"),
        ("forced", 1),
        ("forced", "yes"),
        ("kind", 3),
        ("kind", ["person"]),
        ("fields", "note"),
        ("fields", ("note",)),
        ("fields", [["note"]]),
    ],
)
def test_record_fact_of_another_type_than_declared_raises(
    erased: registry.Action, fact: str, value: object
) -> None:
    with pytest.raises(services.NotAFact, match=fact):
        services.record(erased, actor=ANNA, at=NOW, **_facts({fact: value}))
    assert Entry.objects.count() == 0


def test_record_keeps_facts_as_canonical_json(erased: registry.Action) -> None:
    services.record(
        erased, actor=ANNA, at=NOW, kind="person", files=-3, forced=True, fields=["note", "e-mail"]
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM audit_entry")
        assert cursor.fetchone() == ('{"fields":["note","e-mail"],"files":-3,"forced":true,"kind":"person"}',)


def test_record_of_more_facts_than_a_leaf_can_hold_raises(vocabulary: None) -> None:
    names = [f"list_{number}" for number in range(6)]
    action = registry.declare("customers.customer-moved", "Moved", **dict.fromkeys(names, list[str]))

    with pytest.raises(services.NotAFact):
        services.record(action, actor=ANNA, at=NOW, **_facts({name: ["x" * 64] * 100 for name in names}))


@transaction.atomic
def _record_where_nothing_can_be_written(erased: registry.Action) -> None:
    services.record(erased, actor=ANNA, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry RENAME TO audit_gone")
    with contextlib.suppress(DatabaseError):
        services.record(erased, actor=ANNA, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_deed_whose_entry_the_database_refuses_is_not_kept(erased: registry.Action) -> None:
    """Not even by a caller who passes over the error."""
    _record_where_nothing_can_be_written(erased)

    assert Entry.objects.count() == 0


def test_record_by_an_actor_with_a_name_raises(erased: registry.Action) -> None:
    with pytest.raises(services.NotAnActor):
        services.record(erased, actor="anna@firma.example", at=NOW)


@pytest.mark.django_db(transaction=True)
def test_record_of_a_deed_that_fails_leaves_no_entry(erased: registry.Action) -> None:
    class OutOfPaper(Exception):
        pass

    @transaction.atomic
    def erase_and_fail() -> None:
        services.record(erased, actor=ANNA, at=NOW, files=2)
        raise OutOfPaper

    services.record(erased, actor=ANNA, at=NOW, files=1)
    with pytest.raises(OutOfPaper):
        erase_and_fail()

    assert [entry.facts for entry in Entry.objects.all()] == [{"files": 1}]


def test_look_writes_one_entry(erased: registry.Action) -> None:
    looked = registry.declare("customers.customers-listed", "The list of customers was read", rows=int)

    services.look(looked, actor=ANNA, at=NOW, rows=50)

    assert [(entry.action, entry.facts) for entry in Entry.objects.all()] == [
        ("customers.customers-listed", {"rows": 50})
    ]


@pytest.mark.django_db(transaction=True)
def test_reaction_runs_after_the_commit_and_not_before(erased: registry.Action) -> None:
    seen: list[int] = []
    registry.on("customers.customer-erased")(lambda entry: seen.append(entry.pk))

    with transaction.atomic():
        entry = services.record(erased, actor=ANNA, at=NOW)
        assert seen == []

    assert seen == [entry.pk]


def test_reaction_to_another_action_stays_still(
    erased: registry.Action, django_capture_on_commit_callbacks: Commit
) -> None:
    seen: list[str] = []
    registry.on("customers.customer-added")(lambda entry: seen.append("added"))
    registry.on("customers.customer-erased")(lambda entry: seen.append("erased"))

    with cast("transaction.Atomic", django_capture_on_commit_callbacks(execute=True)):
        services.record(erased, actor=ANNA, at=NOW)

    assert seen == ["erased"]


@pytest.mark.django_db(transaction=True)
def test_reaction_that_fails_leaves_the_others_and_no_values_in_the_log(
    erased: registry.Action, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []

    @registry.on("customers.customer-erased")
    def stumble(entry: Entry) -> None:
        raise ValueError("cilla@firma.example")

    registry.on("customers.customer-erased")(lambda entry: seen.append("second"))

    with caplog.at_level(logging.ERROR):
        services.record(erased, actor=ANNA, at=NOW)

    assert seen == ["second"]
    assert [record.getMessage() for record in caplog.records] == ["a reaction failed"]
    assert caplog.records[0].exc_info is None


def test_entry_is_neither_changed_nor_removed_by_way_of_the_model(erased: registry.Action) -> None:
    entry = Entry.objects.get(pk=services.record(erased, actor=ANNA, at=NOW).pk)

    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        Entry.objects.update(actor="system")
    with pytest.raises(AppendOnly):
        Entry.objects.filter(pk=entry.pk).delete()
    assert Entry.objects.get().actor == ANNA
