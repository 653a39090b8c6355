from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tryggve.audit import checkpoints, triggers
from tryggve.audit.models import Entry
from tryggve.audit.tests import logs
from tryggve.audit.tests.append_only import drop_triggers

AT = datetime(2026, 3, 2, 8, 0, 0, 120_000, tzinfo=UTC)
CILLA = UUID("01890a5d-ac96-774b-bcce-b302099a8058")
FACTS = [{"rows": 3, "batch": "b-1"}, {"shown": 1, "page": 2, "fields": ["name", "e-mail"]}, {}]


def _migrate(name: str) -> MigrationExecutor:
    executor = MigrationExecutor(connection)
    executor.migrate([("audit", name)])
    return MigrationExecutor(connection)


@pytest.mark.django_db(transaction=True)
def test_entries_of_the_first_release_are_kept_guarded_and_can_be_sequenced() -> None:
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_leaf")
        cursor.execute("DELETE FROM audit_entry")
    _migrate("0001_initial")
    old = (
        _migrate("0001_initial")
        .loader.project_state([("audit", "0001_initial")])
        .apps.get_model("audit", "Entry")
    )
    for facts in FACTS:
        old._default_manager.create(
            recorded_at=AT, action="customers.imported", actor="system", subject=CILLA, facts=facts
        )
    assert not triggers.missing(connection, ["audit_entry"])

    _migrate("0002_sealed_details_and_leaves")

    assert triggers.missing(connection) == []
    rows = [(entry.recorded_at, entry.subject, entry.facts) for entry in Entry.objects.order_by("pk")]
    assert rows == [(AT, CILLA, facts) for facts in FACTS]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 'user:mallory'")
    assert (checkpoints.sign(now=AT).size, logs.verdict()) == (5, "ok")
