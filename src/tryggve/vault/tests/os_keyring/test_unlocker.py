"""The computer's keyring as what opens the register."""

import logging
import signal
from pathlib import Path
from uuid import UUID

import pytest

from tryggve import vault
from tryggve.lib import write_points
from tryggve.lib.folders import Folders
from tryggve.vault import opening, os_keyring, rotation, slots, unlockers
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.keystore import Keystore
from tryggve.vault.os_keyring import asking
from tryggve.vault.tests import programs
from tryggve.vault.tests.desktop import Desktop
from tryggve.vault.unlocking import OsKeyringWrong

NOW = "2026-11-22T08:00:00+00:00"
DIE_AT = """
from tryggve.vault.keeper.custody import Custody
def die(point):
    if point == sys.argv[4]:
        os.kill(os.getpid(), signal.SIGKILL)
custody = Custody(where)
custody.begin()
write_points.cut_with(die)
if sys.argv[3] == "add":
    custody.answer("add-os-keyring", {"now": "2026-11-22T08:00:00+00:00"})
else:
    custody.answer("remove-unlocker", {"id": sys.argv[5]})
"""


def _add(custody: Custody, where: Folders) -> UUID:
    custody.answer("add-os-keyring", {"now": NOW})
    (own,) = _slots(where)
    return own


def _slots(where: Folders) -> list[UUID]:
    return [way.id for way in unlockers.unlockers(Keystore(where.keys)) if way.kind == slots.OS_KEYRING]


def _take_the_key_file_away(custody: Custody, where: Folders) -> None:
    (own,) = [way for way in unlockers.unlockers(Keystore(where.keys)) if way.kind == slots.KEY_FILE]
    custody.answer("remove-unlocker", {"id": str(own.id)})
    where.key_file.unlink()


def _starts_locked(where: Folders) -> bool:
    begun = Custody(where)
    begun.begin()
    locked: bool = begun.answer("status", {})["is_locked"]
    return locked


@pytest.fixture
def alone(desktop: Desktop, custody: Custody, where: Folders) -> UUID:
    """The keyring's entry of a register that only it and the passphrase open."""
    own = _add(custody, where)
    _take_the_key_file_away(custody, where)
    return own


def test_keyring_opens_the_same_as_the_key_file_that_is_gone(
    desktop: Desktop, custody: Custody, where: Folders
) -> None:
    before = opening.unlock(where)
    own = _add(custody, where)
    _take_the_key_file_away(custody, where)

    assert (list(desktop.entries()), opening.unlock(where)) == ([str(own)], before)
    assert not _starts_locked(where)


def test_no_file_of_the_register_or_the_desktop_has_the_secret_in_clear(
    desktop: Desktop, alone: UUID, where: Folders
) -> None:
    secret = desktop.entries()[str(alone)]
    needles = (secret.encode(), bytes.fromhex(secret))
    (desktop.home / "planted").write_bytes(b"..." + needles[1])

    found = [path for home in (where.data.parent, desktop.home) for path in _files_with(home, needles)]

    assert found == [desktop.home / "planted"]


def _files_with(home: Path, needles: tuple[bytes, ...]) -> list[Path]:
    files = [path for path in home.rglob("*") if path.is_file()]
    return [path for path in files if any(needle in path.read_bytes() for needle in needles)]


def test_key_file_comes_before_the_keyring(desktop: Desktop, custody: Custody, where: Folders) -> None:
    _add(custody, where)
    desktop.lock()

    assert not _starts_locked(where)


def test_lost_key_file_is_made_up_for_by_the_keyring_and_named_without_it(
    desktop: Desktop, custody: Custody, where: Folders
) -> None:
    _add(custody, where)
    where.key_file.unlink()
    assert opening.unlock(where)

    desktop.lock()

    with pytest.raises(vault.KeyFileMissing):
        opening.unlock(where)


def test_register_starts_locked_while_the_keyring_is_and_opens_after_the_login(
    desktop: Desktop, alone: UUID, where: Folders, caplog: pytest.LogCaptureFixture
) -> None:
    desktop.sign_in("a wrong password")
    with caplog.at_level(logging.WARNING):
        assert _starts_locked(where)
    assert [record.__dict__["facts"] for record in caplog.records] == [{"error": "OsKeyringLocked"}]
    with pytest.raises(os_keyring.OsKeyringLocked):
        opening.unlock(where)

    desktop.sign_in()

    assert not _starts_locked(where)


def test_register_starts_locked_when_the_keyring_is_silent(
    desktop: Desktop, alone: UUID, where: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_PATIENCE_SECONDS", 2.0)
    desktop.freeze("keyring")

    assert _starts_locked(where)


def test_each_lack_of_the_keyring_is_named_and_leaves_the_register_to_a_person(
    desktop: Desktop, alone: UUID, where: Folders
) -> None:
    desktop.change(str(alone), "00" * 32)
    with pytest.raises(OsKeyringWrong, match="somebody changed it"):
        opening.unlock(where)
    desktop.change(str(alone), "hunter2")
    with pytest.raises(OsKeyringWrong):
        opening.unlock(where)
    desktop.remove(str(alone))
    with pytest.raises(os_keyring.OsKeyringGone):
        opening.unlock(where)
    desktop.sign_out()
    with pytest.raises(os_keyring.OsKeyringAbsent):
        opening.unlock(where)
    assert _starts_locked(where)


def test_keyring_is_not_enough_by_itself(desktop: Desktop, where: Folders, ring: vault.Keyring) -> None:
    """It is lost with the computer, and nobody has a copy."""
    custody = Custody(where)
    custody.begin()
    _add(custody, where)

    with pytest.raises(unlockers.OnlyKeyringLeft, match="lost with the computer"):
        _take_the_key_file_away(custody, where)
    assert [(way.kind, way.counts) for way in unlockers.unlockers(Keystore(where.keys))] == [
        ("key-file", True),
        ("os-keyring", False),
    ]


def test_keyring_added_anew_has_another_secret_and_the_old_entry_is_gone(
    desktop: Desktop, custody: Custody, where: Folders
) -> None:
    first = _add(custody, where)
    secret = desktop.entries()[str(first)]

    second = _add(custody, where)

    assert (list(desktop.entries()), second == first) == ([str(second)], False)
    assert desktop.entries()[str(second)] != secret


def test_taken_away_keyring_opens_nothing_and_its_entry_is_gone(
    desktop: Desktop, alone: UUID, custody: Custody, where: Folders
) -> None:
    assert custody.answer("remove-unlocker", {"id": str(alone)}) == {"is_entry_left": False}

    assert (desktop.entries(), _starts_locked(where)) == ({}, True)
    with pytest.raises(vault.NotUnlocked, match="The register is locked"):
        opening.unlock(where)


def test_entry_is_deleted_after_its_slot(desktop: Desktop, alone: UUID, custody: Custody) -> None:
    seen: list[list[str]] = []
    write_points.cut_with(lambda point: seen.append(list(desktop.entries())))
    try:
        custody.answer("remove-unlocker", {"id": str(alone)})
    finally:
        write_points.cut_with(None)
    assert (seen, desktop.entries()) == ([[str(alone)]] * 2, {})


def test_entry_in_a_locked_keyring_is_left_and_told(
    desktop: Desktop, alone: UUID, custody: Custody, where: Folders
) -> None:
    desktop.lock()
    assert custody.answer("remove-unlocker", {"id": str(alone)}) == {"is_entry_left": True}
    assert _slots(where) == []


def test_keyring_is_not_added_where_it_is_locked(desktop: Desktop, custody: Custody, where: Folders) -> None:
    desktop.lock()
    with pytest.raises(os_keyring.OsKeyringLocked):
        custody.answer("add-os-keyring", {"now": NOW})
    assert _slots(where) == []


def test_locked_register_puts_nothing_into_the_keyring(desktop: Desktop, custody: Custody) -> None:
    custody.answer("lock", {})
    points: list[str] = []
    write_points.cut_with(points.append)
    try:
        with pytest.raises(vault.NotUnlocked):
            custody.answer("add-os-keyring", {"now": NOW})
    finally:
        write_points.cut_with(None)
    assert (points, desktop.entries()) == ([], {})


def test_register_locked_meanwhile_takes_the_entry_out_again(
    desktop: Desktop, custody: Custody, where: Folders
) -> None:
    seen: list[int] = []

    def lock_meanwhile(point: str) -> None:
        if point == "vault: keyring entry written":
            seen.append(len(desktop.entries()))
            Keystore(where.keys).bump_lock()

    write_points.cut_with(lock_meanwhile)
    try:
        with pytest.raises(vault.NotUnlocked):
            custody.answer("add-os-keyring", {"now": NOW})
    finally:
        write_points.cut_with(None)
    assert (seen, desktop.entries(), _slots(where)) == ([1], {}, [])


def test_rotation_asks_no_keyring_and_leaves_its_secret(
    desktop: Desktop, alone: UUID, where: Folders
) -> None:
    before, entries = opening.unlock(where), desktop.entries()
    desktop.sign_out()
    rotation.rotate(where, before)
    desktop.sign_in()

    after = opening.unlock(where)

    assert (after.state.generation, after.current == before.current) == (2, False)
    assert desktop.entries() == entries


@pytest.mark.parametrize(
    ("point", "entries", "ways"),
    [
        ("vault: keyring entry written", 2, 1),
        ("vault: keyring slot written", 2, 1),
        ("vault: keyring counts", 2, 1),
    ],
)
def test_adding_anew_killed_anywhere_leaves_a_keyring_that_opens(
    desktop: Desktop, alone: UUID, where: Folders, point: str, entries: int, ways: int
) -> None:
    assert programs.run(DIE_AT, where, "add", point) == (-signal.SIGKILL, "")

    assert (len(desktop.entries()), len(_slots(where))) == (entries, ways)
    assert (_slots(where) == [alone]) == (point != "vault: keyring counts")
    assert opening.unlock(where)


@pytest.mark.parametrize(("point", "ways"), [("vault: slot removed", 1), ("vault: slot is gone", 0)])
def test_taking_away_killed_anywhere_leaves_no_slot_without_its_entry(
    desktop: Desktop, alone: UUID, where: Folders, point: str, ways: int
) -> None:
    assert programs.run(DIE_AT, where, "remove", point, str(alone)) == (-signal.SIGKILL, "")

    assert (list(desktop.entries()), len(_slots(where))) == ([str(alone)], ways)
    assert _starts_locked(where) == (ways == 0)


def test_ways_to_add_are_those_that_answer(desktop: Desktop, custody: Custody) -> None:
    assert custody.answer("ways-to-add", {}) == {"kinds": ["os-keyring"]}
    desktop.sign_out()
    assert custody.answer("ways-to-add", {}) == {"kinds": []}
