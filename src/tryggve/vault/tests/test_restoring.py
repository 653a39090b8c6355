"""A new computer gets the key store out of a backup, with two shares and nothing else."""

import shutil
import signal
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tryggve import vault
from tryggve.lib import folders, write_points
from tryggve.lib.folders import Folders
from tryggve.vault import (
    key_copies,
    keyfile,
    opening,
    recovery,
    restoring,
    rotation,
    secretfile,
    servicefile,
    shares,
    storage,
    unlockers,
)
from tryggve.vault.keystore import Keystore
from tryggve.vault.slots import Slot
from tryggve.vault.tests import copies, programs, rotating, vector_files, version_1, version_2
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN
from tryggve.vault.tests.cheap import CHEAP, PASSPHRASE
from tryggve.vault.tests.copies import NOW, copied
from tryggve.vault.tests.rotating import Firm

POINTS = [
    "vault: key written",
    "key named",
    "key in place",
    "vault: service-key written",
    "service-key named",
    "service-key in place",
    "vault: keys.sqlite3 written",
    "keys.sqlite3 named",
    "keys.sqlite3 in place",
]
DIE_AT = """
from tryggve.vault import restoring
def die(point):
    if point == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
write_points.cut_with(die)
restoring.put_back(Path(sys.argv[4]).read_bytes(), sys.stdin.read().splitlines(), where)
"""


@dataclass(frozen=True)
class Lost:
    """A register whose computer is gone: its copy, its kit, one of its blobs."""

    where: Folders
    copied: bytes = field(repr=False)
    typed: list[str] = field(repr=False)
    blob: bytes = field(repr=False)


@pytest.fixture
def lost(where: Folders, ring: vault.Keyring) -> Lost:
    [key] = ring.create_keys([CILLA])
    ring.erase_keys({DAN: ring.create_keys([DAN])}, at=NOW)
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    unlocked, store = opening.unlock(where), Keystore(where.keys)
    unlockers.add_passphrase(PASSPHRASE, store=store, unlocked=unlocked, now=NOW, cost=CHEAP)
    typed = copies.tested_kit(where)
    return Lost(where, copied(where), typed[1:], blob)


@pytest.fixture
def bare(tmp_path: Path) -> Folders:
    """A new computer's folders, empty."""
    return _bare(tmp_path / "new")


def test_copy_put_back_opens_by_itself_and_has_lost_nobody(
    lost: Lost, bare: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)

    with _current(bare, monkeypatch):
        assert vault.keyring().open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"
        assert [one.subject for one in vault.tombstones()] == [DAN]
        assert vault.open_for_service("mail", vault.seal_for_service("mail", b"hello")) == b"hello"
        assert recovery.backup_passwords() == [recovery.backup_password_of(lost.typed)]


def test_copy_put_back_is_kept_as_a_key_store_is(lost: Lost, bare: Folders) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)

    files = (bare.keys, bare.key_file, bare.service_key_file)
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600] * 3
    assert _names(bare.config) == ["key", "service-key"]
    assert _names(bare.data) == ["keys.sqlite3", "keys.sqlite3.lock"]
    with storage.connected(bare.keys) as connection:
        storage.require_settings(connection)
        assert storage.read_back(connection, "integrity_check") == "ok"


def test_passphrase_and_kit_open_it_as_they_did(lost: Lost, bare: Folders) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)

    ways = {way.kind: way.counts for way in unlockers.unlockers(Keystore(bare.keys))}
    assert ways == {"key-file": True, "passphrase": True, "recovery-kit": True}
    opened = [opening.open_with_passphrase(bare, PASSPHRASE), opening.open_with_kit(bare, lost.typed)]
    assert {one.current for one in opened} == {opening.unlock(lost.where).current}


def test_lost_computers_own_ways_in_open_nothing_here(lost: Lost, bare: Folders) -> None:
    unlocked, store = opening.unlock(lost.where), Keystore(lost.where.keys)
    unlockers.add_os_keyring(secretfile.fresh(), store=store, unlocked=unlocked, now=NOW)
    content = copied(lost.where)
    old = keyfile.read(lost.where.key_file)
    parts = [
        part for slot in store.slots() if slot.kind in ("key-file", "os-keyring") for part in _parts(slot)
    ]
    assert (len(parts), {content.count(part) for part in parts}) == (4, {1})

    restoring.put_back(content, lost.typed, bare)

    assert keyfile.read(bare.key_file) != old
    assert [part for part in parts if part in bare.keys.read_bytes()] == []
    shutil.copy(lost.where.key_file, bare.key_file)
    with pytest.raises(vault.KeyFileWrong):
        opening.unlock(bare)


def test_put_back_passes_every_point_in_order(lost: Lost, bare: Folders) -> None:
    with rotating.passed_points() as passed:
        restoring.put_back(lost.copied, lost.typed, bare)

    assert passed == POINTS


@pytest.mark.parametrize("point", POINTS)
def test_put_back_killed_anywhere_is_done_again(lost: Lost, bare: Folders, point: str) -> None:
    source = lost.where.run / "copy"
    source.write_bytes(lost.copied)
    killed = programs.run(DIE_AT, bare, point, str(source), typed="\n".join(lost.typed))
    assert killed == (-signal.SIGKILL, "")
    left_behind = bare.key_file.read_bytes() if bare.key_file.exists() else None

    restoring.put_back(lost.copied, lost.typed, bare)

    assert opening.open_keyring(bare).open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"
    assert left_behind in (None, bare.key_file.read_bytes())
    assert _names(bare.config) == ["key", "service-key"]
    assert _names(bare.data) == ["keys.sqlite3", "keys.sqlite3.lock"]


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.sampled_from(POINTS), min_size=2, max_size=5))
def test_put_back_cut_off_again_and_again_ends_well(
    lost: Lost, tmp_path_factory: pytest.TempPathFactory, cuts: list[str]
) -> None:
    bare = _bare(tmp_path_factory.mktemp("new"))
    for point in cuts:
        with _cut_at(point):
            try:
                restoring.put_back(lost.copied, lost.typed, bare)
            except _Cut:
                continue

    restoring.put_back(lost.copied, lost.typed, bare)

    assert opening.open_keyring(bare).open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"
    assert _names(bare.config) == ["key", "service-key"]
    assert _names(bare.data) == ["keys.sqlite3", "keys.sqlite3.lock"]


def test_put_back_again_changes_nothing(lost: Lost, bare: Folders) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)
    before = [path.read_bytes() for path in (bare.keys, bare.key_file, bare.service_key_file)]

    restoring.put_back(lost.copied, lost.typed, bare)

    assert [path.read_bytes() for path in (bare.keys, bare.key_file, bare.service_key_file)] == before


def test_put_back_again_writes_a_service_key_that_is_missing_and_tells_of_a_missing_key_file(
    lost: Lost, bare: Folders
) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)
    before = bare.service_key_file.read_bytes()
    bare.service_key_file.unlink()

    restoring.put_back(lost.copied, lost.typed, bare)

    assert bare.service_key_file.read_bytes() == before
    bare.key_file.unlink()
    with pytest.raises(vault.KeyFileMissing):
        restoring.put_back(lost.copied, lost.typed, bare)


def test_key_store_that_is_there_is_never_written_over(lost: Lost, bare: Folders) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)
    opening.open_keyring(bare).create_keys([CILLA])

    _refused(lost, bare, restoring.KeyStoreThere)


@pytest.mark.parametrize("content", [b"", b"my own notes"])
def test_file_that_is_there_is_never_written_over(lost: Lost, bare: Folders, content: bytes) -> None:
    bare.keys.write_bytes(content)

    _refused(lost, bare, restoring.KeyStoreThere)
    assert _names(bare.config) == []


def test_register_that_lives_isnt_put_back_upon(lost: Lost) -> None:
    opening.open_keyring(lost.where).create_keys([CILLA])

    _refused(lost, lost.where, restoring.KeyStoreThere)


@pytest.mark.parametrize("name", ["key", "service-key"])
def test_key_that_was_brought_along_is_not_taken_up(lost: Lost, bare: Folders, name: str) -> None:
    if name == "key":
        shutil.copy(lost.where.key_file, bare.key_file)
    else:
        servicefile.write(bare.service_key_file, secretfile.fresh())

    _refused(lost, bare, restoring.KeyThere)
    assert (_names(bare.config), bare.keys.exists()) == ([name], False)


def test_service_key_of_this_register_may_be_there(lost: Lost, bare: Folders) -> None:
    shutil.copy(lost.where.service_key_file, bare.service_key_file)

    restoring.put_back(lost.copied, lost.typed, bare)

    assert bare.service_key_file.read_bytes() == lost.where.service_key_file.read_bytes()


def test_systemds_credential_opens_it_where_there_is_one(
    lost: Lost, bare: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyfile.make(tmp_path / keyfile.CREDENTIAL)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    restoring.put_back(lost.copied, lost.typed, bare)

    assert _names(bare.config) == ["service-key"]
    assert opening.open_keyring(bare).open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"


def test_lost_computers_credential_is_not_taken_up(
    lost: Lost, bare: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(lost.where.key_file, tmp_path / keyfile.CREDENTIAL)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    _refused(lost, bare, restoring.KeyThere)


def test_another_registers_kit_is_unknown(lost: Lost, bare: Folders) -> None:
    other, *_ = vector_files.of("kit")
    for typed, refusal in (
        (other["shares"][:2], recovery.KitUnknown),
        (lost.typed[:1], shares.TooFewShares),
        (["not a word", lost.typed[1]], shares.WordUnknown),
    ):
        with pytest.raises(refusal):
            restoring.put_back(lost.copied, typed, bare)
    assert (_names(bare.data), _names(bare.config)) == ([], [])


def test_kit_that_was_made_after_the_copy_is_unknown(lost: Lost, bare: Folders) -> None:
    newer = copies.tested_kit(lost.where)

    with pytest.raises(recovery.KitUnknown):
        restoring.put_back(lost.copied, newer[:2], bare)


def test_kit_of_the_time_opens_a_copy_from_before_a_rotation(lost: Lost, bare: Folders) -> None:
    rotation.rotate(lost.where, opening.unlock(lost.where))

    restoring.put_back(lost.copied, lost.typed, bare)

    assert opening.open_keyring(bare).open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"


def test_copy_from_amidst_a_rotation_is_finished_here(firm: Firm, bare: Folders) -> None:
    typed = copies.tested_kit(firm.where)
    rotation.begin(firm.where, opening.unlock(firm.where))

    restoring.put_back(copied(firm.where), typed[:2], bare)

    restored = Firm(bare, firm.blobs)
    assert restored.all_open()
    rotation.resume(bare, opening.unlock(bare))
    assert (restored.generations(), restored.all_open()) == ({2: rotating.KEYS}, True)


def test_copy_of_version_2_is_brought_up_to_date(lost: Lost, bare: Folders) -> None:
    version_2.go_back(lost.where)
    old = copied(lost.where)

    restoring.put_back(old, lost.typed, bare)

    assert Keystore(bare.keys).looked_through() == 3
    assert opening.open_keyring(bare).open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"
    restoring.put_back(old, lost.typed, bare)


def test_copy_that_is_too_old_newer_or_damaged_is_refused(lost: Lost, bare: Folders, tmp_path: Path) -> None:
    first = _bare(tmp_path / "first")
    version_1.begin(first, CILLA)
    with closing(sqlite3.connect(lost.where.keys)) as store:
        store.execute("PRAGMA user_version = 4")
    for content, refusal in (
        (copied(first), key_copies.CopyTooOld),
        (copied(lost.where), key_copies.CopyNewer),
        (lost.copied[:-4096] + bytes(4096), key_copies.CopyDamaged),
        (b"", key_copies.CopyDamaged),
    ):
        with pytest.raises(refusal):
            restoring.put_back(content, lost.typed, bare)
    assert (_names(bare.data), _names(bare.config)) == ([], [])


def test_keys_inside_the_data_folder_are_refused(lost: Lost, bare: Folders) -> None:
    together = Folders(data=bare.data, config=bare.data / "config")
    together.config.mkdir()

    with pytest.raises(vault.KeyFileInsideData):
        restoring.put_back(lost.copied, lost.typed, together)


def test_folder_that_is_missing_is_refused_in_words(lost: Lost, tmp_path: Path) -> None:
    nowhere = Folders(data=tmp_path / "no" / "data", config=tmp_path / "no" / "config")

    with pytest.raises(vault.KeyStoreUnavailable):
        restoring.put_back(lost.copied, lost.typed, nowhere)


def test_what_was_sealed_for_the_service_opens_before_anything_is_put_back(
    lost: Lost, chosen: Folders, bare: Folders
) -> None:
    blob = vault.seal_for_service("places", b"hello")

    assert restoring.open_for_service(lost.copied, lost.typed, purpose="places", blob=blob) == b"hello"
    with pytest.raises(vault.Damaged):
        restoring.open_for_service(lost.copied, lost.typed, purpose="mail", blob=blob)
    assert (_names(bare.data), _names(bare.config)) == ([], [])


class _Cut(BaseException):
    """The power went."""


@contextmanager
def _cut_at(point: str) -> Iterator[None]:
    def cut(reached: str) -> None:
        if reached == point:
            raise _Cut

    write_points.cut_with(cut)
    try:
        yield
    finally:
        write_points.cut_with(None)


@contextmanager
def _current(where: Folders, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TRYGGVE_DATA", str(where.data))
    monkeypatch.setenv("TRYGGVE_CONFIG", str(where.config))
    vault.forget()
    yield
    vault.forget()


def _bare(home: Path) -> Folders:
    where = Folders(data=home / "data", config=home / "config")
    folders.create(where)
    return where


def _refused(lost: Lost, where: Folders, refusal: type[Exception]) -> None:
    before = {path: path.read_bytes() for path in where.data.parent.rglob("*") if path.is_file()}
    with pytest.raises(refusal):
        restoring.put_back(lost.copied, lost.typed, where)
    after = {path: path.read_bytes() for path in where.data.parent.rglob("*") if path.is_file()}
    after.pop(where.keys.with_name("keys.sqlite3.lock"), None)
    before.pop(where.keys.with_name("keys.sqlite3.lock"), None)
    assert after == before


def _parts(slot: Slot) -> list[bytes]:
    return [slot.wrapped, slot.wrapped_slot_key]


def _names(folder: Path) -> list[str]:
    """The files in a folder, but for the data folder's own mark."""
    return sorted(path.name for path in folder.iterdir() if path.is_file() and path.name != "id")
