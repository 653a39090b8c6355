"""BAK-03 goes red when the copy elsewhere is gone, old, readable or can be deleted from here."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tryggve.controls.registry import CannotMeasure, Measured, Verdict
from tryggve.domains.backups import other_computers, place_access, place_trials
from tryggve.domains.backups.controls.far_copies import one_copy_lies_elsewhere_out_of_reach as measured
from tryggve.domains.backups.engine import ciphertext
from tryggve.domains.backups.models import Copy, Place, Run
from tryggve.domains.backups.selectors import places as selectors
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.pairs import turns
from tryggve.domains.backups.services.places import Wanted, standing
from tryggve.domains.backups.tests.rest_server import RestServer

pytestmark = [pytest.mark.process, pytest.mark.django_db]
AT = datetime.now(UTC)


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """restic says at once that it was refused, and then asks again and again."""
    monkeypatch.setattr(place_trials, "DELETION_SECONDS", 6.0)


@pytest.fixture
def keys(tmp_path: Path) -> Place:
    """A place beside this computer's own disk, with new keys."""
    (tmp_path / "keys").mkdir()
    wanted = Wanted("Keys", "FOLDER", holds_data=False, holds_keys=True)
    added = places.add(wanted=wanted, fields={"path": str(tmp_path / "keys")}, actor="system", at=AT)
    row = Place.objects.get(pk=added.id)
    _note(row, "KEYS", "ab12", AT)
    return row


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RestServer]:
    """One from which nothing can be deleted."""
    with RestServer(tmp_path / "rest", is_append_only=True) as server:
        yield server


@pytest.fixture
def is_far(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on the server counts as another computer: the tests have but one."""
    return lambda: monkeypatch.setattr(other_computers, "is_other", bool)


def _note(row: Place, kind: str, snapshot: str, at: datetime) -> None:
    run = Run.objects.create(why="DUE", state="DONE", began_at=at)
    Copy.objects.create(run=run, place=row, kind=kind, snapshot=snapshot, at=at)


def _add(
    kind: str, fields: dict[str, str], *, is_carried: bool = False, content: bytes | None = None
) -> Place:
    wanted = Wanted("Far", kind, holds_data=True, holds_keys=False, is_carried=is_carried, is_elsewhere=True)
    added = places.add(wanted=wanted, fields=fields, actor="system", at=AT)
    place = selectors.one(added.id)
    assert place.data is not None
    folder = Path(os.environ["TRYGGVE_DATA"]) / "copied"
    folder.mkdir(exist_ok=True)
    (folder / "one").write_bytes(content or b"Anna Andersson " * 9_000)
    row = Place.objects.get(pk=added.id)
    _note(row, "DATA", place.data.backup([folder]).snapshot, AT)
    return row


def _wrong(measuring: Measured) -> tuple[Verdict, object]:
    return measuring.verdict, measuring.facts.get("wrong")


def test_without_a_place_it_is_not_known() -> None:
    with pytest.raises(CannotMeasure, match="no-place"):
        measured(AT)


def test_copy_on_another_computer_that_nobody_here_can_delete_proves_it(
    server: RestServer, keys: Place, is_far: Callable[[], None]
) -> None:
    row = _add("REST", server.fields)
    is_far()
    with turns.held(), pytest.raises(CannotMeasure, match="cannot-tell"):
        measured(AT)  # a backup that is taken just now would find the place locked
    told = measured(AT)
    assert (told.verdict, told.facts["is_refused"], told.facts["in_order"]) == (Verdict.PROVED, True, 1)

    assert _wrong(measured(AT + timedelta(days=4)))[0] is Verdict.FAILING
    Copy.objects.filter(place=keys).delete()
    assert _wrong(measured(AT)) == (Verdict.FAILING, "keys")
    Copy.objects.filter(place=row).update(snapshot="0" * 8)
    assert _wrong(measured(AT)) == (Verdict.FAILING, "gone")
    for pack in (server.home / "tryggve-data" / "data").glob("*/*"):
        pack.chmod(0o600)
        pack.write_bytes(b"x" * pack.stat().st_size)
    Copy.objects.filter(place=row).update(
        snapshot=next((server.home / "tryggve-data" / "snapshots").iterdir()).name[:8]
    )
    assert _wrong(measured(AT)) == (Verdict.FAILING, "damaged")


@pytest.mark.usefixtures("keys")
def test_copies_that_can_be_deleted_from_here_prove_nothing(
    tmp_path: Path, is_far: Callable[[], None]
) -> None:
    with RestServer(tmp_path / "rest") as server:
        _add("REST", server.fields)
        is_far()
        assert _wrong(measured(AT)) == (Verdict.FAILING, "deletable")
    assert _wrong(measured(AT)) == (Verdict.FAILING, "not-seen")


@pytest.mark.usefixtures("keys")
def test_this_computer_by_another_name_is_not_elsewhere(tmp_path: Path) -> None:
    with RestServer(tmp_path / "rest") as server:
        _add("REST", server.fields)
        assert _wrong(measured(AT)) == (Verdict.FAILING, "nothing-elsewhere")


@pytest.mark.usefixtures("keys")
def test_disk_in_a_drawer_counts_for_a_month(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    row = _add("FOLDER", {"path": str(tmp_path / "disk")}, is_carried=True)
    (tmp_path / "disk").rename(tmp_path / "drawer")
    told = measured(AT)
    assert (told.verdict, told.facts["is_carried"], told.facts["is_refused"]) == (
        Verdict.OBSERVED,
        True,
        False,
    )
    Place.objects.filter(pk=row.pk).update(seen_at=AT - timedelta(days=30))
    assert measured(AT).verdict == Verdict.OBSERVED  # as the nightly backup has it
    Place.objects.filter(pk=row.pk).update(seen_at=AT - timedelta(days=32))
    assert _wrong(measured(AT)) == (Verdict.FAILING, "not-seen")


@pytest.mark.usefixtures("keys")
def test_disk_that_never_leaves_is_not_out_of_reach(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    row = _add("FOLDER", {"path": str(tmp_path / "disk")}, is_carried=True)
    Copy.objects.filter(place=row).update(at=AT + timedelta(days=3))
    assert measured(AT).verdict is Verdict.FAILING  # a copy that is dated ahead isn't new
    Copy.objects.filter(place=row).update(at=AT)
    assert measured(AT).verdict is Verdict.OBSERVED
    later = AT + timedelta(days=3, minutes=1)
    Copy.objects.update(at=later)
    standing.look_for_disks(at=AT + timedelta(days=1))
    assert _wrong(measured(later)) == (Verdict.FAILING, "deletable")

    (tmp_path / "disk").rename(tmp_path / "bag")
    standing.look_for_disks(at=AT + timedelta(days=2))
    (tmp_path / "bag").rename(tmp_path / "disk")
    standing.look_for_disks(at=AT + timedelta(days=2, hours=1))
    assert measured(later).verdict is Verdict.OBSERVED


def test_clock_that_was_ahead_lets_no_disk_stay_for_ever(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    row = _add("FOLDER", {"path": str(tmp_path / "disk")}, is_carried=True)
    standing.seen(row.pk, AT + timedelta(days=300))
    standing.look_for_disks(at=AT)
    row.refresh_from_db()
    assert row.there_since == AT


@pytest.mark.usefixtures("keys")
def test_place_that_shuts_us_out_is_told_apart(server: RestServer, is_far: Callable[[], None]) -> None:
    row = _add("REST", server.fields)
    is_far()
    access = selectors.one(row.pk).access
    with_other = place_access.sealed(replace(access, data_password="another"))
    Place.objects.filter(pk=row.pk).update(access_sealed=with_other)
    assert _wrong(measured(AT)) == (Verdict.FAILING, "shut-out")


@pytest.mark.usefixtures("keys")
def test_repository_that_is_not_on_its_disk_any_more_is_gone(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    _add("FOLDER", {"path": str(tmp_path / "disk")}, is_carried=True)
    (tmp_path / "disk" / "tryggve-data").rename(tmp_path / "elsewhere")
    assert _wrong(measured(AT)) == (Verdict.FAILING, "gone")


@pytest.mark.usefixtures("keys")
def test_without_restic_it_is_not_known_and_no_place_is_blamed(
    server: RestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = _add("REST", server.fields)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CannotMeasure, match="no-restic"):
        measured(AT)
    places.look(at=AT)
    row.refresh_from_db()
    assert row.trouble == ""


def test_one_key_place_that_keeps_what_is_deleted_is_enough(
    server: RestServer, keys: Place, is_far: Callable[[], None], tmp_path: Path
) -> None:
    _add("REST", server.fields)
    is_far()
    (tmp_path / "synced").mkdir()
    wanted = Wanted("More keys", "FOLDER", holds_data=False, holds_keys=True)
    places.add(wanted=wanted, fields={"path": str(tmp_path / "synced")}, actor="system", at=AT)
    assert measured(AT).verdict is Verdict.PROVED
    (tmp_path / "synced" / ".stfolder").mkdir()
    assert _wrong(measured(AT)) == (Verdict.FAILING, "keys")


def test_what_restic_stores_is_not_readable_and_what_it_was_given_is() -> None:
    assert not any(ciphertext.is_readable(os.urandom(size)) for size in (300, 2_048, 5_000, 100_000))
    assert ciphertext.is_readable(b"SQLite format 3\x00" + os.urandom(5_000))
    assert ciphertext.is_readable(b"Anna Andersson, Storgatan 1 " * 200)
    assert ciphertext.is_readable(b"\x1f\x8b\x08" + os.urandom(900))
    assert ciphertext.is_readable(os.urandom(900) + b"canary-4711" + os.urandom(900), (b"canary-4711",))
