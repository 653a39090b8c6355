import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tryggve.audit import (
    checkpoints,
    lease,
    leaves,
    registry,
    sequencer,
    services,
    standing,
    tile_writing,
    tiles,
)
from tryggve.audit.models import Entry, Leaf
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import NOW, fill
from tryggve.lib import write_points

pytestmark = pytest.mark.django_db


def test_sequence_places_every_entry_once_after_the_opening(seen: registry.Action) -> None:
    fill(seen, 300)

    assert sequencer.sequence(now=NOW) == 300

    opening = Entry.objects.get(action="audit.epoch-opened").pk
    assert logs.sequenced() == [opening, *(entry for entry in logs.recorded() if entry != opening)]
    assert (logs.disk_size(), logs.verdict()) == (301, "ok")


def test_sequence_again_places_nothing(seen: registry.Action) -> None:
    fill(seen, 3)
    sequencer.sequence(now=NOW)
    before = logs.written()

    assert sequencer.sequence(now=NOW) == 0
    assert logs.written() == before


def test_sequence_goes_on_where_it_ended(seen: registry.Action) -> None:
    for count in (1, 254, 1, 300, 2):
        fill(seen, count)
        sequencer.sequence(now=NOW)
        assert (logs.disk_size(), logs.verdict()) == (1 + Entry.objects.count() - 1, "ok")


def test_tiles_are_the_same_however_the_log_grew(seen: registry.Action) -> None:
    fill(seen, 700)
    sequencer.sequence(now=NOW)
    at_once = logs.written()
    for path in sorted(logs.folder().glob("epoch-0001/tile/**/*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for size in (1, 200, 256, 257, 512, 700, 701):
        tile_writing.catch_up(1, to=size)
    assert logs.written() == at_once


def test_tiles_lie_where_tlog_tiles_says(seen: registry.Action) -> None:
    fill(seen, 300)
    sequencer.sequence(now=NOW)

    names = sorted(name for name in logs.written() if name.startswith("epoch-0001/"))

    assert names == [
        "epoch-0001/tile/0/000",
        "epoch-0001/tile/0/001.p/45",
        "epoch-0001/tile/1/000.p/1",
        "epoch-0001/tile/entries/000",
        "epoch-0001/tile/entries/001.p/45",
    ]


def test_name_of_a_tile_far_out() -> None:
    assert tiles.name_of(0, 1_234_067) == "tile/0/x001/x234/067"
    assert tiles.name_of("entries", 999, 7) == "tile/entries/999.p/7"
    assert tiles.name_of(2, 1_000) == "tile/2/x001/000"


def test_entry_that_committed_late_gets_its_place(seen: registry.Action) -> None:
    fill(seen, 5)
    late = logs.recorded()[2]
    row = Entry.objects.filter(pk=late).values_list("recorded_at", "action", "actor", "facts").get()
    logs.tamper("DELETE FROM audit_entry WHERE id = %s", late)
    sequencer.sequence(now=NOW)
    Entry(pk=late, recorded_at=row[0], action=row[1], actor=row[2], facts=row[3]).save()

    assert sequencer.sequence(now=NOW) == 1
    assert (logs.sequenced()[-1], logs.verdict()) == (late, "ok")


def test_entry_that_committed_very_late_is_found_by_a_thorough_run(
    seen: registry.Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaves, "_LOOK_BACK", 10)
    fill(seen, 50)
    late = logs.recorded()[2]
    logs.tamper("DELETE FROM audit_entry WHERE id = %s", late)
    sequencer.sequence(now=NOW)
    Entry(pk=late, recorded_at=NOW, action="customers.customer-seen", actor="system").save()

    assert sequencer.sequence(now=NOW) == 0
    assert sequencer.sequence(now=NOW, thorough=True) == 1


def test_sequence_writes_at_most_a_batch_in_a_transaction(
    seen: registry.Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 100)
    fill(seen, 250)
    placed: list[int] = []
    write_points.cut_with(
        lambda name: placed.append(Leaf.objects.count()) if name == "audit: leaves placed" else None
    )

    sequencer.sequence(now=NOW)

    assert placed == [101, 201, 251]


def test_database_rolled_back_is_refused_and_nothing_is_written(seen: registry.Action) -> None:
    fill(seen, 300)
    sequencer.sequence(now=NOW)
    logs.roll_back(to=280)
    fill(seen, 100)
    before = logs.written()

    with pytest.raises(standing.RolledBack):
        sequencer.sequence(now=NOW)
    assert (logs.written(), logs.verdict()) == (before, ("rolled-back", 280))


def test_empty_database_beside_a_log_on_the_disk_is_refused(seen: registry.Action) -> None:
    sequencer.sequence(now=NOW)
    logs.tamper("DELETE FROM audit_leaf")

    with pytest.raises(standing.RolledBack):
        sequencer.sequence(now=NOW)


def test_database_of_an_older_epoch_than_the_disk_is_refused(seen: registry.Action) -> None:
    fill(seen, 10)
    sequencer.sequence(now=NOW)
    sequencer.sequence(now=NOW + timedelta(days=365))
    logs.roll_back(to=11)

    with pytest.raises(standing.RolledBack):
        sequencer.sequence(now=NOW + timedelta(days=365))


def test_other_entries_in_the_same_places_are_refused(seen: registry.Action) -> None:
    fill(seen, 20)
    sequencer.sequence(now=NOW)
    logs.roll_back(to=10)
    fill(seen, 20)
    leaves.append(1, 10, logs.recorded()[10:21])

    with pytest.raises(standing.RolledBack):
        sequencer.sequence(now=NOW)


def test_log_that_is_shorter_than_its_checkpoint_is_refused(seen: registry.Action) -> None:
    fill(seen, 20)
    checkpoints.sign(now=NOW)
    logs.roll_back(to=10)
    for path in logs.folder().glob("epoch-0001/tile/*/*.p/*"):
        path.unlink()

    with pytest.raises(standing.RolledBack):
        sequencer.sequence(now=NOW)


def test_leaf_is_neither_changed_nor_placed_twice(seen: registry.Action) -> None:
    sequencer.sequence(now=NOW)
    entry = logs.entry_at(0)
    places = [
        "UPDATE audit_leaf SET leaf_index = 7",
        "DELETE FROM audit_leaf",
        f"INSERT INTO audit_leaf (epoch, leaf_index, entry) VALUES (1, 1, {entry})",  # noqa: S608 - a number
        "INSERT INTO audit_leaf (epoch, leaf_index, entry) VALUES (1, 0, 99)",
    ]
    if connection.vendor == "sqlite":
        places += [
            f"REPLACE INTO audit_leaf (epoch, leaf_index, entry) VALUES (1, 1, {entry})",  # noqa: S608 - a number
            "REPLACE INTO audit_leaf (epoch, leaf_index, entry) VALUES (1, 0, 99)",
        ]
    for statement in places:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert logs.sequenced() == [entry]


def test_second_sequencer_is_fenced_off_by_the_table(seen: registry.Action) -> None:
    fill(seen, 2)
    sequencer.sequence(now=NOW)

    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        leaves.append(1, 1, [10_000])


def test_second_sequencer_waits_for_the_lease(seen: registry.Action) -> None:
    events: list[str] = []

    def second() -> None:
        with lease.held():
            events.append("second")

    with lease.held():
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(timeout=0.2)
        events.append("first")
    thread.join(timeout=60)

    assert events == ["first", "second"]


def test_entry_without_a_leaf_in_the_middle_stops_the_tiles(seen: registry.Action) -> None:
    fill(seen, 3)
    sequencer.sequence(now=NOW)
    fill(seen, 3)
    entries = logs.recorded()
    with transaction.atomic():
        leaves.append(1, 4, entries[4:])
    logs.tamper("DELETE FROM audit_entry WHERE id = %s", entries[5])

    with pytest.raises(standing.LogDisagrees):
        sequencer.sequence(now=NOW)
    assert logs.disk_size() == 4


@pytest.mark.django_db(transaction=True)
def test_sequence_killed_at_any_point_is_taken_up_by_the_next(seen: registry.Action) -> None:
    """A first run (epoch, key, checkpoint, several tiles), and one that goes on, are killed at each write point."""
    number, was_killed = 0, True
    while was_killed:
        number += 1
        logs.begin_anew()
        fill(seen, 300)
        was_killed = logs.killed_at(number, lambda: checkpoints.sign(now=NOW))
        _goes_on(seen)
    assert number > 30


@pytest.mark.django_db(transaction=True)
def test_later_run_killed_at_any_point_is_taken_up_by_the_next(seen: registry.Action) -> None:
    number, was_killed = 0, True
    while was_killed:
        number += 1
        fill(seen, 260)
        was_killed = logs.killed_at(number, partial(checkpoints.sign, now=NOW + timedelta(hours=number)))
        _goes_on(seen)
    assert number > 20


def _goes_on(seen: registry.Action) -> None:
    services.record(seen, actor="system", at=NOW)
    checkpoints.sign(now=NOW)
    assert sorted(logs.sequenced()) == logs.recorded()
    assert Entry.objects.filter(action="audit.signing-key-made").count() == 1
    assert Entry.objects.filter(action="audit.epoch-opened").count() == 1
    assert not [name for name in logs.written() if name.endswith(".new")]
    assert logs.verdict() == "ok"
