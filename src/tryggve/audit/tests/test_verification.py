"""Mallory owns the database and the folder; what he does is found and named."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tryggve.audit import (
    checkpoint_files,
    checkpoints,
    leaves,
    registry,
    sequencer,
    services,
    tiles,
    verification,
)
from tryggve.audit.models import Leaf
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import NOW, TOMORROW, entry_at, fill, tamper, verdict

pytestmark = pytest.mark.django_db


def test_verdict_of_a_whole_log_states_what_it_was_held_against(log: bytes) -> None:
    found = verification.verify(now=TOMORROW).as_json()

    signed = checkpoint_files.read(log)
    assert found == {
        "ok": True,
        "entries": 620,
        "checkpoint": {"epoch": 1, "size": 600, "root": signed.root.hex(), "at": "2026-03-02T08:00:00Z"},
        "first_bad": None,
        "lost_by_restore": [],
        "keys_replaced": [],
    }
    assert json.loads(json.dumps(found)) == found


def test_verdict_of_an_empty_log_is_ok() -> None:
    assert verification.verify(now=NOW).as_json()["entries"] == 0
    assert verdict() == "ok"


@pytest.mark.parametrize("index", [0, 7, 255, 256, 599, 605, 619])
def test_changed_entry_is_named(log: bytes, index: int) -> None:
    entry = entry_at(index)
    tamper("UPDATE audit_entry SET actor = 'system ' WHERE id = %s", entry)

    bad = verification.verify(now=TOMORROW).first_bad

    if index == 0:
        assert verdict() == ("changed", 0)
    assert bad is not None
    assert (bad.why, bad.epoch, bad.index, bad.entry) == ("changed", 1, index, entry)
    assert str(entry) in bad.message


CHANGES = [
    "UPDATE audit_entry SET action = 'customers.customer-lost' WHERE id = %s",
    "UPDATE audit_entry SET facts = '{}' WHERE id = %s",
    "UPDATE audit_entry SET facts = 'nonsense' WHERE id = %s",
    "UPDATE audit_entry SET subject = NULL WHERE id = %s",
    "UPDATE audit_entry SET recorded_at = '2026-03-02 08:00:00.000001+00:00' WHERE id = %s",
    "UPDATE audit_entry SET commitment = 'abc' WHERE id = %s",
]


@pytest.mark.parametrize("change", CHANGES)
def test_change_of_any_column_is_found(log: bytes, change: str) -> None:
    tamper(change, entry_at(300))

    assert verdict() == ("changed", 300)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps a moment as text")
@pytest.mark.parametrize("to", ["T", "", "  "])
def test_moment_written_in_another_way_is_found(log: bytes, to: str) -> None:
    tamper(
        "UPDATE audit_entry SET recorded_at = replace(recorded_at, ' ', %s) WHERE id = %s", to, entry_at(7)
    )

    assert verdict() == ("changed", 7)


@pytest.mark.parametrize("index", [1, 256, 599, 610])
def test_deleted_entry_is_missing(log: bytes, index: int) -> None:
    tamper("DELETE FROM audit_entry WHERE id = %s", entry_at(index))

    assert verdict() == ("missing", index)


@pytest.mark.parametrize("index", [1, 256, 599, 610])
def test_entry_deleted_with_its_place_is_missing(log: bytes, index: int) -> None:
    entry = entry_at(index)
    tamper("DELETE FROM audit_entry WHERE id = %s", entry)
    tamper("DELETE FROM audit_leaf WHERE entry = %s", entry)
    assert verdict() == ("missing", index)

    tamper("UPDATE audit_leaf SET leaf_index = -leaf_index WHERE leaf_index > %s", index)
    tamper("UPDATE audit_leaf SET leaf_index = -leaf_index - 1 WHERE leaf_index < 0")
    assert verdict() == ("rolled-back", 619)


def _swap_places(one: int, other: int) -> None:
    first, second = entry_at(one), entry_at(other)
    tamper("UPDATE audit_leaf SET leaf_index = -1 WHERE entry = %s", first)
    tamper("UPDATE audit_leaf SET leaf_index = %s WHERE entry = %s", one, second)
    tamper("UPDATE audit_leaf SET leaf_index = %s WHERE entry = %s", other, first)


@pytest.mark.parametrize(("one", "other"), [(5, 6), (10, 500), (601, 610)])
def test_reordered_entries_are_moved(log: bytes, one: int, other: int) -> None:
    _swap_places(one, other)

    assert verdict() == ("moved", one)


def test_place_given_to_another_entry_is_moved(log: bytes) -> None:
    tamper("UPDATE audit_leaf SET entry = 99999 WHERE leaf_index = 40")

    assert verdict() == ("moved", 40)


def test_entry_with_a_place_before_the_first_is_moved(log: bytes, seen: registry.Action) -> None:
    """Mallory adds an entry and hides it from the sequencer."""
    entry = services.record(seen, actor="system", at=NOW).pk
    tamper("INSERT INTO audit_leaf (epoch, leaf_index, entry) VALUES (1, -1, %s)", entry)

    assert verdict() == ("moved", None)


def _cut(to: int) -> None:
    """The last leaves go from the database and from the disk; so do the checkpoints that tell of them."""
    logs.roll_back(to=to)
    logs.start_over_on_disk()
    sequencer.sequence(now=NOW)


def test_cut_tail_is_found_by_a_checkpoint_kept_elsewhere(log: bytes) -> None:
    _cut(to=400)

    assert verdict() == "ok"
    assert verdict(log) == ("shorter-than-checkpoint", 400)


def test_history_written_anew_is_found_by_a_checkpoint_kept_elsewhere(
    log: bytes, seen: registry.Action
) -> None:
    logs.roll_back(to=400)
    logs.start_over_on_disk()
    fill(seen, 300)
    checkpoints.sign(now=NOW)

    assert verdict() == "ok"
    assert verdict(log) == ("not-the-tree-of-checkpoint", 600)


def test_database_rolled_back_is_named(log: bytes) -> None:
    logs.roll_back(to=610)

    assert verdict() == ("rolled-back", 610)


def test_database_without_its_newest_epoch_is_rolled_back(log: bytes) -> None:
    sequencer.sequence(now=NOW + timedelta(days=365))
    logs.roll_back(to=620)

    assert verdict()[0] == "rolled-back"


def test_old_entry_without_a_place_is_unsequenced(log: bytes, seen: registry.Action) -> None:
    entry = services.record(seen, actor="system", at=NOW + timedelta(hours=23, minutes=30)).pk
    assert verdict() == "ok"

    tamper("UPDATE audit_entry SET recorded_at = '2026-03-02 09:00:00+00:00' WHERE id = %s", entry)

    bad = verification.verify(now=TOMORROW).first_bad
    assert bad is not None
    assert (bad.why, bad.entry) == ("unsequenced", entry)


def test_verification_changes_nothing(log: bytes) -> None:
    before = logs.written(), logs.recorded(), logs.sequenced()

    verdict(log)

    assert (logs.written(), logs.recorded(), logs.sequenced()) == before


_UNHURRIED = settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


_COLUMNS = ["recorded_at", "action", "actor", "subject", "facts"]


@_UNHURRIED
@given(st.data())
def test_any_flipped_byte_of_an_entry_is_found(log: bytes, data: st.DataObject) -> None:
    entry, column = data.draw(st.integers(2, 619).map(entry_at)), data.draw(st.sampled_from(_COLUMNS))
    before, flipped = _flipped(entry, column, data)

    tamper(f"UPDATE audit_entry SET {column} = {_AS} WHERE id = %s", flipped, entry)  # noqa: S608
    found = verdict()

    tamper(f"UPDATE audit_entry SET {column} = {_AS} WHERE id = %s", before, entry)  # noqa: S608
    assert found != "ok"
    assert found[0] == "changed"


_AS = "CAST(%s AS TEXT)" if connection.vendor == "sqlite" else "%s"


def _flipped(entry: int, column: str, data: st.DataObject) -> tuple[bytes, bytes] | tuple[str, str]:
    """The content of a column, and the same with a byte changed to one that the database takes there."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CAST({column} AS TEXT) FROM audit_entry WHERE id = %s", [entry])  # noqa: S608
        text = str(cursor.fetchone()[0])
    at = data.draw(st.integers(0, len(text) - 1))
    if connection.vendor == "sqlite":
        content = bytearray(text.encode())
        content[at] ^= data.draw(st.integers(1, 255))
        return text.encode(), bytes(content)
    digits = {"recorded_at": "12", "subject": "0123456789abcdef"}.get(column)
    places = [place for place, each in enumerate(text) if digits is None or each in digits]
    at = data.draw(st.sampled_from(places[-2:] if column == "recorded_at" else places))
    others = [each for each in digits or 'abcdef0123 "{}' if each != text[at]]
    return text, text[:at] + data.draw(st.sampled_from(others)) + text[at + 1 :]


def test_tree_of_many_tiles_is_verified_in_bounded_pieces(
    log: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    stretches: list[tuple[int, int]] = []
    whole = leaves.stretch

    def noted(epoch: int, start: int, stop: int) -> object:
        stretches.append((start, stop))
        return whole(epoch, start, stop)

    monkeypatch.setattr("tryggve.audit.epoch_verification._AT_A_TIME", 256)
    monkeypatch.setattr("tryggve.audit.leaves.stretch", noted)

    assert verdict() == "ok"
    assert stretches == [(0, 256), (256, 512), (512, 620), (299, 300)]  # the last is the entry of the key


def test_leaf_table_is_what_the_tiles_say(log: bytes) -> None:
    logged = [tiles.EpochTiles(1).entry_at(index) for index in range(620)]

    assert [leaf.entry for leaf in Leaf.objects.order_by("leaf_index")] == logged
