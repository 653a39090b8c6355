import shutil
from datetime import UTC, datetime
from functools import partial

import pytest

from tryggve.audit import checkpoints, epochs, registry, sequencer, standing, tiles, tree, verification
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.models import Entry, Leaf
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import NOW, TOMORROW, fill

pytestmark = pytest.mark.django_db

NEXT_YEAR = datetime(2027, 1, 1, 0, 0, tzinfo=UTC)


def _openings() -> list[dict[str, object]]:
    found = Entry.objects.filter(action="audit.epoch-opened").order_by("pk")
    return [{name: fact for name, fact in entry.facts.items() if name != "installation"} for entry in found]


def test_first_epoch_opens_with_the_first_run() -> None:
    sequencer.sequence(now=NOW)

    assert _openings() == [{"epoch": 1, "reason": "first", "previous_size": 0}]


def test_new_year_opens_an_epoch_that_tells_of_the_one_before(seen: registry.Action) -> None:
    fill(seen, 300)
    checkpoints.sign(now=NOW)
    fill(seen, 2)
    sequencer.sequence(now=datetime(2026, 12, 31, 23, 59, tzinfo=UTC))
    root = tiles.EpochTiles(1).root(304).hex()

    fill(seen, 1)
    checkpoints.sign(now=NEXT_YEAR)

    assert _openings()[1] == {"epoch": 2, "reason": "year", "previous_size": 304, "previous_root": root}
    assert [leaf.leaf_index for leaf in Leaf.objects.filter(epoch=2).order_by("id")] == [0, 1]
    assert (logs.disk_size(1), logs.disk_size(2), logs.verdict()) == (304, 2, "ok")


def test_epochs_name_the_same_installation(seen: registry.Action) -> None:
    first = checkpoints.sign(now=NOW)
    second = checkpoints.sign(now=NEXT_YEAR)

    assert (first.installation, first.epoch, second.epoch) == (second.installation, 1, 2)


def _restored(seen: registry.Action, *, lost: int) -> Checkpoint:
    """300 entries, a backup, some more that a checkpoint tells of, and the backup put back."""
    fill(seen, 298)
    checkpoints.sign(now=NOW)
    fill(seen, lost)
    known = checkpoints.sign(now=NOW)
    logs.roll_back(to=300)
    return known


def test_restore_opens_an_epoch_that_tells_what_was_lost(seen: registry.Action) -> None:
    known = _restored(seen, lost=50)

    epochs.open_after_restore(known, now=TOMORROW)

    opening = _openings()[-1]
    assert opening == {
        "epoch": 2,
        "reason": "restore",
        "previous_size": 300,
        "previous_root": tiles.EpochTiles(1).root(300).hex(),
        "known_size": 350,
        "known_root": known.root.hex(),
        "lost_from": 300,
        "lost_to": 350,
    }
    found = verification.verify([known.note], now=TOMORROW)
    assert found.as_json()["lost_by_restore"] == [{"from": 300, "to": 350, "epoch": 1, "on": "2026-03-03"}]
    assert (found.ok, found.entries) == (True, 301)


def test_log_goes_on_after_a_restore(seen: registry.Action) -> None:
    known = _restored(seen, lost=50)
    epochs.open_after_restore(known, now=TOMORROW)
    fill(seen, 10)

    signed = checkpoints.sign(now=TOMORROW)

    assert (signed.epoch, signed.size, logs.verdict(known.note, signed.note)) == (2, 11, "ok")


def test_restore_keeps_the_tiles_of_what_was_lost(seen: registry.Action) -> None:
    known = _restored(seen, lost=50)
    before = logs.written()

    epochs.open_after_restore(known, now=TOMORROW)

    after = logs.written()
    assert after["lost-0001-350/entries/001.p/94"] == before["epoch-0001/tile/entries/001.p/94"]
    assert after["epoch-0001/checkpoint"] == known.note
    assert after["epoch-0001/tile/0/000"] == before["epoch-0001/tile/0/000"]


def test_restore_of_the_whole_folder_needs_only_the_known_checkpoint(seen: registry.Action) -> None:
    fill(seen, 298)
    checkpoints.sign(now=NOW)
    folder = logs.written()
    fill(seen, 50)
    known = checkpoints.sign(now=NOW)
    logs.roll_back(to=300)
    for path in logs.folder().rglob("*"):
        if path.is_file() and path.name not in ("lock", "signing-key", "key"):
            path.unlink()
    for name, content in folder.items():
        (logs.folder() / name).write_bytes(content)
    assert logs.verdict(known.note) == ("shorter-than-checkpoint", 300)

    epochs.open_after_restore(known, now=TOMORROW)

    assert (logs.verdict(known.note), _openings()[-1]["lost_to"]) == ("ok", 350)


def test_restore_that_lost_nothing_says_so(seen: registry.Action) -> None:
    fill(seen, 10)
    known = checkpoints.sign(now=NOW)

    epochs.open_after_restore(known, now=TOMORROW)

    assert (_openings()[-1]["lost_from"], _openings()[-1]["lost_to"], logs.verdict(known.note)) == (
        12,
        12,
        "ok",
    )


def test_restore_to_before_the_first_entry(seen: registry.Action) -> None:
    fill(seen, 10)
    known = checkpoints.sign(now=NOW)
    logs.tamper("DELETE FROM audit_leaf")
    logs.tamper("DELETE FROM audit_entry")

    epochs.open_after_restore(known, now=TOMORROW)
    signed = checkpoints.sign(now=TOMORROW)

    assert _openings()[-1]["previous_root"] == tree.EMPTY_ROOT.hex()
    assert (signed.epoch, signed.installation) == (2, known.installation)
    assert logs.verdict(known.note, signed.note) == "ok"


def test_restore_over_a_new_year(seen: registry.Action) -> None:
    """The backup is of December, the newest checkpoint of January."""
    fill(seen, 298)
    december = checkpoints.sign(now=NOW)
    january = checkpoints.sign(now=NEXT_YEAR)
    logs.roll_back(to=300)

    epochs.open_after_restore(january, now=NEXT_YEAR)
    signed = checkpoints.sign(now=NEXT_YEAR)

    assert (signed.epoch, _openings()[-1]["previous_epoch"]) == (3, 1)
    assert logs.verdict(december.note, january.note, signed.note) == "ok"


@pytest.mark.parametrize("over_new_year", [False, True])
def test_what_a_restore_kept_and_somebody_deleted_afterwards_is_found(
    seen: registry.Action, over_new_year: bool
) -> None:
    fill(seen, 298)
    december = checkpoints.sign(now=NOW)
    known = checkpoints.sign(now=NEXT_YEAR) if over_new_year else december
    logs.roll_back(to=299 - over_new_year)
    epochs.open_after_restore(known, now=NEXT_YEAR)
    signed = checkpoints.sign(now=NEXT_YEAR)
    assert logs.verdict(december.note, signed.note) == "ok"

    logs.tamper("DELETE FROM audit_leaf WHERE epoch = 1")
    logs.tamper("DELETE FROM audit_entry WHERE id NOT IN (SELECT entry FROM audit_leaf)")
    for folder in (logs.folder() / "epoch-0001" / "tile", logs.folder() / "epoch-0001"):
        shutil.rmtree(folder)
    assert logs.verdict(december.note, signed.note) == ("epoch-broken", 0)


def test_restore_told_twice_opens_one_epoch(seen: registry.Action) -> None:
    known = _restored(seen, lost=5)

    epochs.open_after_restore(known, now=TOMORROW)
    epochs.open_after_restore(known, now=TOMORROW)

    assert len(_openings()) == 2


def test_restore_of_other_entries_is_refused(seen: registry.Action) -> None:
    known = _restored(seen, lost=5)
    logs.tamper("UPDATE audit_entry SET actor = 'system' WHERE id = %s", logs.entry_at(7))
    before = logs.written()

    with pytest.raises(epochs.AnotherLog):
        epochs.open_after_restore(known, now=TOMORROW)
    assert (logs.written(), len(_openings())) == (before, 1)


def test_restore_with_a_checkpoint_of_another_firm_is_refused(seen: registry.Action) -> None:
    fill(seen, 3)
    other = checkpoints.sign(now=NOW)
    logs.tamper("DELETE FROM audit_leaf")
    logs.tamper("DELETE FROM audit_entry")
    for path in logs.folder().rglob("*"):
        path.unlink() if path.is_file() else None
    checkpoints.sign(now=NOW)

    with pytest.raises(epochs.AnotherLog):
        epochs.open_after_restore(other, now=TOMORROW)


@pytest.mark.django_db(transaction=True)
def test_restore_killed_at_any_point_is_taken_up_by_the_next(seen: registry.Action) -> None:
    number, was_killed = 0, True
    while was_killed:
        number += 1
        logs.begin_anew()
        known = _restored(seen, lost=50)
        was_killed = logs.killed_at(number, partial(epochs.open_after_restore, known, now=TOMORROW))
        if was_killed and Leaf.objects.filter(epoch=2).count() == 0:
            with pytest.raises(standing.RolledBack):
                sequencer.sequence(now=TOMORROW)
        epochs.open_after_restore(known, now=TOMORROW)
        checkpoints.sign(now=TOMORROW)
        assert (logs.verdict(known.note), len(_openings())) == ("ok", 2)
    assert number > 10


@pytest.mark.django_db(transaction=True)
def test_new_year_killed_at_any_point_opens_one_epoch(seen: registry.Action) -> None:
    number, was_killed = 0, True
    while was_killed:
        number += 1
        logs.begin_anew()
        fill(seen, 3)
        checkpoints.sign(now=NOW)
        was_killed = logs.killed_at(number, lambda: checkpoints.sign(now=NEXT_YEAR))
        checkpoints.sign(now=NEXT_YEAR)
        assert (logs.verdict(), len(_openings())) == ("ok", 2)
    assert number > 10


def test_restore_of_no_placed_entry_after_several_epochs_stays_rolled_back(seen: registry.Action) -> None:
    fill(seen, 3)
    checkpoints.sign(now=NOW)
    known = checkpoints.sign(now=NEXT_YEAR)
    logs.tamper("DELETE FROM audit_leaf")
    logs.tamper("DELETE FROM audit_entry")

    epochs.open_after_restore(known, now=NEXT_YEAR)

    found = verification.verify(now=NEXT_YEAR).first_bad
    assert found is not None
    assert (known.epoch, found.why, found.epoch) == (2, "rolled-back", 1)
