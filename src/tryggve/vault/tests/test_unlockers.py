import shutil
import signal
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import opening, passphrase, recovery, unlockers
from tryggve.vault.keystore import Keystore
from tryggve.vault.passphrase import Cost
from tryggve.vault.tests import programs
from tryggve.vault.tests.cheap import CHEAP, PASSPHRASE

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DIE_AT = """
from datetime import UTC, datetime
from tryggve.vault import unlockers
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests.cheap import CHEAP, PASSPHRASE
def die(point):
    if point == sys.argv[4]:
        os.kill(os.getpid(), signal.SIGKILL)
store, unlocked = Keystore(where.keys), opening.unlock(where)
write_points.cut_with(die)
if sys.argv[3] == "add":
    now = datetime(2026, 3, 2, tzinfo=UTC)
    unlockers.add_passphrase(PASSPHRASE, store=store, unlocked=unlocked, now=now, cost=CHEAP)
else:
    own = next(way.id for way in unlockers.unlockers(store) if way.kind == "key-file")
    unlockers.remove_unlocker(own, store=store, files=[])
"""


@pytest.fixture
def store(where: Folders, ring: vault.Keyring) -> Keystore:
    return Keystore(where.keys)


def test_new_register_is_opened_by_its_key_file_alone(where: Folders, store: Keystore) -> None:
    assert [(way.kind, way.counts) for way in unlockers.unlockers(store)] == [("key-file", True)]


def test_passphrase_opens_the_same_as_the_key_file(where: Folders, store: Keystore) -> None:
    added = _add(where)

    (way,) = (way for way in unlockers.unlockers(store) if way.id == added)
    assert (way.kind, way.counts, way.made_at) == ("passphrase", True, NOW)
    opened = opening.open_with_passphrase(where, PASSPHRASE)
    assert (opened, opened.secrets) == (opening.unlock(where), opening.unlock(where).secrets)


@pytest.mark.parametrize(
    "typed",
    [unicodedata.normalize("NFD", PASSPHRASE), PASSPHRASE.replace(" ", "\u00a0")],
    ids=["loose accents", "another space"],
)
def test_passphrase_typed_on_another_keyboard_opens(where: Folders, store: Keystore, typed: str) -> None:
    _add(where)
    assert typed != PASSPHRASE

    assert opening.open_with_passphrase(where, typed)


@pytest.mark.parametrize("typed", ["", PASSPHRASE.upper(), PASSPHRASE + " ", PASSPHRASE[:-1], "hast" * 8])
def test_another_passphrase_is_wrong(where: Folders, store: Keystore, typed: str) -> None:
    _add(where)

    with pytest.raises(passphrase.PassphraseWrong) as caught:
        opening.open_with_passphrase(where, typed)
    assert caught.value.exit_status == 3


def test_passphrase_where_there_is_none_is_told(where: Folders, store: Keystore) -> None:
    with pytest.raises(passphrase.NoPassphrase):
        opening.open_with_passphrase(where, PASSPHRASE)


def test_passphrase_of_eleven_characters_is_refused(where: Folders, store: Keystore) -> None:
    with pytest.raises(passphrase.PassphraseTooShort, match="at least 12"):
        _add(where, "korrekthäst")
    assert len(unlockers.unlockers(store)) == 1
    assert _add(where, "korrekt häst")


def test_changed_passphrase_opens_and_the_old_one_no_more(where: Folders, store: Keystore) -> None:
    old = _add(where)
    new = _add(where, "another korrekt häst", replaces=old)

    assert {way.id for way in unlockers.unlockers(store) if way.kind == "passphrase"} == {new}
    assert opening.open_with_passphrase(where, "another korrekt häst")
    with pytest.raises(passphrase.PassphraseWrong):
        opening.open_with_passphrase(where, PASSPHRASE)


def test_change_of_a_passphrase_that_is_not_there_changes_nothing(where: Folders, store: Keystore) -> None:
    with pytest.raises(unlockers.NoSuchUnlocker):
        _add(where, replaces=uuid4())
    assert len(unlockers.unlockers(store)) == 1


def test_passphrase_is_not_added_with_keys_that_were_locked_meanwhile(
    where: Folders, store: Keystore
) -> None:
    unlocked = opening.unlock(where)
    store.bump_lock()

    with pytest.raises(vault.KeysChanging):
        unlockers.add_passphrase(PASSPHRASE, store=store, unlocked=unlocked, now=NOW, cost=CHEAP)
    assert len(unlockers.unlockers(store)) == 1


def test_cost_stands_in_the_slot(where: Folders, store: Keystore) -> None:
    added = _add(where, cost=Cost(memory_kib=64, iterations=2, lanes=2))

    (slot,) = (slot for slot in store.slots() if slot.id == added)
    assert passphrase.cost_of(slot.parameters) == Cost(memory_kib=64, iterations=2, lanes=2)
    assert opening.open_with_passphrase(where, PASSPHRASE)


@pytest.mark.parametrize(("gibibytes", "mebibytes"), [(0.25, 64), (0.5, 64), (1, 128), (2, 256), (64, 256)])
def test_cost_follows_the_machines_memory(gibibytes: float, mebibytes: int) -> None:
    assert passphrase.cost_in_kib(int(gibibytes * 1024 * 1024)) == mebibytes * 1024


def test_cost_on_this_machine_is_that_of_the_product() -> None:
    cost = passphrase.cost_for_this_machine()

    assert 64 * 1024 <= cost.memory_kib <= 256 * 1024
    assert (cost.iterations, cost.lanes) == (3, 4)


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"memory_kib": 10**9, "iterations": 1, "lanes": 1},
        {"memory_kib": 64, "iterations": 10**6, "lanes": 1},
        {"memory_kib": 64, "iterations": 1, "lanes": 1000},
        {"memory_kib": 8, "iterations": 1, "lanes": 4},
        {"memory_kib": "much", "iterations": 1, "lanes": 1},
    ],
    ids=["none", "memory", "iterations", "lanes", "too little", "text"],
)
def test_cost_that_nobody_meant_is_damage(stored: dict[str, Any]) -> None:
    """A changed figure in the file must not take all the computer's memory."""
    with pytest.raises(vault.Damaged):
        passphrase.cost_of(stored)


def test_removed_unlocker_opens_nothing(where: Folders, store: Keystore) -> None:
    added = _add(where)
    unlockers.remove_unlocker(added, store=store, files=opening.files_there(where))

    with pytest.raises(passphrase.NoPassphrase):
        opening.open_with_passphrase(where, PASSPHRASE)


def test_register_without_a_key_file_is_locked_until_somebody_opens_it(
    where: Folders, store: Keystore
) -> None:
    _add(where)
    unlockers.remove_unlocker(_key_file(store), store=store, files=opening.files_there(where))

    with pytest.raises(vault.NotUnlocked, match="keys unlock"):
        opening.unlock(where)
    assert opening.open_with_passphrase(where, PASSPHRASE)


def test_last_unlocker_is_never_removed(where: Folders, store: Keystore) -> None:
    with pytest.raises(unlockers.LastUnlocker, match="last thing that opens"):
        unlockers.remove_unlocker(_key_file(store), store=store, files=opening.files_there(where))
    assert opening.unlock(where)


def test_kit_that_was_not_tested_does_not_count_as_another(where: Folders, store: Keystore) -> None:
    kit = recovery.make_kit(store=store, unlocked=opening.unlock(where), now=NOW)
    with pytest.raises(unlockers.LastUnlocker):
        unlockers.remove_unlocker(_key_file(store), store=store, files=opening.files_there(where))

    recovery.test_kit([" ".join(share) for share in kit.shares[:2]], store=store, now=NOW)
    unlockers.remove_unlocker(_key_file(store), store=store, files=opening.files_there(where))

    assert [way.kind for way in unlockers.unlockers(store)] == ["recovery-kit"]


def test_unlocker_that_is_not_there_is_told(store: Keystore) -> None:
    with pytest.raises(unlockers.NoSuchUnlocker):
        unlockers.remove_unlocker(uuid4(), store=store, files=[])


@pytest.mark.parametrize(
    ("deed", "point"), [("add", "vault: passphrase slot written"), ("remove", "vault: slot removed")]
)
def test_change_killed_in_its_transaction_changes_nothing(
    where: Folders, store: Keystore, deed: str, point: str
) -> None:
    if deed == "remove":
        _add(where)
    before = unlockers.unlockers(store)

    assert programs.run(DIE_AT, where, deed, point) == (-signal.SIGKILL, "")
    assert unlockers.unlockers(store) == before
    assert opening.unlock(where)


def test_credential_that_is_a_copy_of_the_key_file_opens_at_once(
    where: Folders, store: Keystore, credentials: Path
) -> None:
    shutil.move(where.key_file, credentials / "tryggve-key")

    assert opening.unlock(where)


def test_credential_comes_before_the_key_file(where: Folders, store: Keystore, credentials: Path) -> None:
    (credentials / "tryggve-key").write_text("something else")

    with pytest.raises(vault.KeyFileUnreadable, match=str(credentials)):
        opening.unlock(where)


def test_credential_takes_the_place_of_the_key_file_it_is_a_copy_of(
    where: Folders, store: Keystore, credentials: Path
) -> None:
    """Its rights are systemd's, which hands it out with an access list that looks like a group's right."""
    shutil.copy(where.key_file, credentials / "tryggve-key")
    (credentials / "tryggve-key").chmod(0o440)
    unlocked = opening.unlock(where)

    added = unlockers.add_systemd_credential(
        credentials / "tryggve-key", store=store, unlocked=unlocked, now=NOW
    )
    where.key_file.unlink()

    found = [(way.id, way.kind, way.made_at) for way in unlockers.unlockers(store)]
    assert found == [(added, "systemd-credential", NOW)]
    assert opening.unlock(where).current == unlocked.current


def test_new_register_under_systemds_credential_makes_no_key_file(
    where: Folders, credentials: Path, tmp_path: Path
) -> None:
    other = Folders(data=tmp_path / "other", config=tmp_path / "other-config")
    other.data.mkdir()
    other.config.mkdir()
    vault.create(other)
    shutil.move(other.key_file, credentials / "tryggve-key")

    vault.create(where)

    assert not where.key_file.exists()
    assert [way.kind for way in unlockers.unlockers(Keystore(where.keys))] == ["systemd-credential"]
    assert opening.unlock(where)


@pytest.fixture
def credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which systemd hands over what a service may know."""
    folder = tmp_path / "credentials"
    folder.mkdir()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    return folder


def _add(
    where: Folders, typed: str = PASSPHRASE, *, cost: Cost = CHEAP, replaces: UUID | None = None
) -> UUID:
    store, unlocked = Keystore(where.keys), opening.unlock(where)
    return unlockers.add_passphrase(
        typed, store=store, unlocked=unlocked, now=NOW, cost=cost, replaces=replaces
    )


def _key_file(store: Keystore) -> UUID:
    (found,) = (way.id for way in unlockers.unlockers(store) if way.kind == "key-file")
    return found
