from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, models, transaction

from tryggve.audit import registry, services, triggers
from tryggve.audit.models import Entry
from tryggve.audit.tests.append_only import TRIGGERS, drop_triggers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

CHANGES = {
    "update": "UPDATE audit_entry SET actor = 'user:mallory'",
    "delete": "DELETE FROM audit_entry",
    "upsert": (
        "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE true"
        " ON CONFLICT (id) DO UPDATE SET actor = 'user:mallory'"
    ),
}
CHANGES_OF_ONE_DATABASE = {
    "sqlite": {
        "replace": (
            "REPLACE INTO audit_entry (id, recorded_at, action, actor, subject, facts)"
            " SELECT id, recorded_at, action, 'user:mallory', subject, facts FROM audit_entry"
        ),
        "update or replace": "UPDATE OR REPLACE audit_entry SET actor = 'user:mallory'",
    },
    "postgresql": {
        "truncate": "TRUNCATE audit_entry",
        "as a replica": "SET LOCAL session_replication_role = replica; DELETE FROM audit_entry",
    },
}


def _run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _changes() -> dict[str, str]:
    return CHANGES | CHANGES_OF_ONE_DATABASE[connection.vendor]


def _all_triggers() -> list[str]:
    return TRIGGERS[connection.vendor]


def _table(trigger: str) -> str:
    return trigger.partition("_no_")[0]


@pytest.fixture
def entry() -> Entry:
    seen = registry.declare("customers.customer-seen", "A customer's details were read")
    return Entry.objects.get(pk=services.look(seen, actor="system", at=NOW).pk)


def test_change_by_any_statement_is_refused_by_the_database(entry: Entry) -> None:
    for name, statement in _changes().items():
        with pytest.raises(DatabaseError, match="append-only"):
            _run(statement)
        assert [(row.pk, row.actor) for row in Entry.objects.all()] == [(entry.pk, "system")], name


def test_change_by_any_statement_would_work_without_the_triggers(entry: Entry) -> None:
    drop_triggers()

    for name, statement in _changes().items():
        point = transaction.savepoint()
        _run(statement)
        assert [(row.pk, row.actor) for row in Entry.objects.all()] != [(entry.pk, "system")], name
        transaction.savepoint_rollback(point)


def test_missing_after_migrate_is_nothing() -> None:
    assert triggers.missing(connection) == []
    triggers.verify()


def test_verify_without_a_trigger_refuses_to_start_and_names_it() -> None:
    name = _all_triggers()[0]
    _run(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON audit_entry"))

    assert triggers.missing(connection) == [name]
    with pytest.raises(triggers.LogUnguarded, match=name):
        triggers.verify()


def test_missing_trigger_of_the_same_name_that_does_nothing_is_found() -> None:
    drop_triggers()
    if connection.vendor == "sqlite":
        for name in _all_triggers():
            _run(f"CREATE TRIGGER {name} BEFORE UPDATE ON {_table(name)} WHEN 0 BEGIN SELECT 1; END")
    else:
        _run("CREATE FUNCTION idle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")
        for name in _all_triggers():
            _run(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {_table(name)} FOR EACH ROW EXECUTE FUNCTION idle()"
            )

    assert triggers.missing(connection) == _all_triggers()


def test_missing_trigger_that_is_switched_off_is_found() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no switch for a trigger")
    for state in ("DISABLE TRIGGER", "ENABLE TRIGGER", "ENABLE REPLICA TRIGGER"):
        _run(f"ALTER TABLE audit_entry {state} audit_entry_no_change")
        assert triggers.missing(connection) == ["audit_entry_no_change"], state


def test_put_back_makes_again_what_is_missing(entry: Entry) -> None:
    drop_triggers()
    assert triggers.missing(connection) == _all_triggers()

    triggers.put_back(using="default")

    assert triggers.missing(connection) == []
    with pytest.raises(DatabaseError, match="append-only"):
        _run(CHANGES["update"])


@pytest.mark.django_db(transaction=True)
def test_put_back_after_django_remade_the_table(entry: Entry) -> None:
    """SQLite drops a table's triggers with the old table, without a word."""
    before, after = Entry._meta.get_field("actor"), models.CharField(max_length=65)
    after.set_attributes_from_name("actor")

    with connection.schema_editor() as editor:
        editor.alter_field(Entry, before, after)
    try:
        of_entries = [name for name in _all_triggers() if _table(name) == "audit_entry"]
        assert triggers.missing(connection) == (of_entries if connection.vendor == "sqlite" else [])
        triggers.put_back(using="default")
        assert triggers.missing(connection) == []
        with pytest.raises(DatabaseError, match="append-only"):
            _run(CHANGES["update"])
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Entry, after, before)
        triggers.put_back(using="default")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_triggers_hold_in_each_of_two_tests_with_real_transactions(time: str, entry: Entry) -> None:
    """The first leaves an entry behind, which the emptying between the two must get past."""
    assert Entry.objects.count() == 1
    with pytest.raises(DatabaseError, match="append-only"):
        _run(CHANGES["delete"])
