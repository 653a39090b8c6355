import contextlib
import signal
import sqlite3

import pytest

from tryggve import vault
from tryggve.lib import write_points
from tryggve.lib.folders import Folders
from tryggve.vault import keyfile, opening, storage, upgrading
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests import programs, version_1, version_2
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN, details_of

POINTS = [
    "vault: service-key written",
    "service-key named",
    "service-key in place",
    "vault: service key there",
    "vault: keys.sqlite3 altered",
    "vault: keys.sqlite3 upgraded",
]
DIE_AT = """
def die(point):
    if point == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
write_points.cut_with(die)
opening.open_keyring(where)
"""
UPGRADE_WITHIN_A_SECOND = """
def give_up(*_signal):
    print("waited", flush=True)
    os._exit(0)
signal.signal(signal.SIGALRM, give_up)
signal.alarm(1)
opening.open_keyring(where)
print("upgraded")
"""


def test_key_store_of_version_1_is_brought_up_to_date_when_opened(where: Folders) -> None:
    cilla, dan = version_1.begin(where, CILLA, DAN)
    assert _version(where) == 1

    ring = opening.open_keyring(where)

    assert _version(where) == 3
    assert where.service_key_file.exists()
    assert ring.open(cilla, bound_to=CILLAS_DETAILS) == b"hello"
    assert ring.open(dan, bound_to=details_of(DAN)) == b"hello"
    with pytest.raises(vault.Damaged):
        ring.seal(b"hello", key=vault.key_id_of(dan), bound_to=CILLAS_DETAILS)
    (key,) = ring.create_keys([CILLA])
    assert ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)


def test_key_store_brought_up_to_date_is_built_like_a_new_one(
    where: Folders, tmp_path_factory: pytest.TempPathFactory
) -> None:
    version_1.begin(where)
    opening.open_keyring(where)
    new = Folders(data=tmp_path_factory.mktemp("data"), config=tmp_path_factory.mktemp("config"))
    vault.create(new)

    assert _layout(where) == _layout(new)


def test_key_store_of_version_2_gets_a_ledger_like_a_new_one(where: Folders, ring: vault.Keyring) -> None:
    [key] = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    new = _layout(where)
    version_2.go_back(where)
    where.key_file.rename(where.key_file.with_suffix(".away"))

    with pytest.raises(vault.KeyFileMissing):
        opening.open_keyring(where)  # no key is needed for the step itself
    assert (_layout(where), _version(where)) == (new, 3)
    where.key_file.with_suffix(".away").rename(where.key_file)
    assert opening.open_keyring(where).open(blob, bound_to=CILLAS_DETAILS) == b"hello"


@pytest.mark.parametrize("point", ["vault: ledger begun", "vault: keys.sqlite3 upgraded"])
def test_upgrade_of_version_2_killed_anywhere_is_finished_by_the_next_start(
    where: Folders, ring: vault.Keyring, point: str
) -> None:
    new = _layout(where)
    version_2.go_back(where)
    assert programs.run(DIE_AT, where, point) == (-signal.SIGKILL, "")
    assert _version(where) == (3 if "upgraded" in point else 2)

    opening.open_keyring(where)

    assert (_layout(where), _version(where)) == (new, 3)


def test_upgrade_passes_every_point_in_order(where: Folders) -> None:
    version_1.begin(where)
    passed: list[str] = []
    write_points.cut_with(passed.append)
    try:
        opening.open_keyring(where)
        opening.open_keyring(where)
    finally:
        write_points.cut_with(None)

    assert passed == POINTS


@pytest.mark.parametrize("point", POINTS)
def test_upgrade_killed_anywhere_is_finished_by_the_next_start(where: Folders, point: str) -> None:
    (blob,) = version_1.begin(where, CILLA)
    status, printed = programs.run(DIE_AT, where, point)
    assert (status, printed) == (-signal.SIGKILL, "")
    assert _version(where) == (3 if point == POINTS[-1] else 1)
    left_behind = where.service_key_file.read_bytes() if where.service_key_file.exists() else None

    ring = opening.open_keyring(where)

    assert ring.open(blob, bound_to=CILLAS_DETAILS) == b"hello"
    assert _version(where) == 3
    assert left_behind in (None, where.service_key_file.read_bytes())
    assert [path.name for path in where.config.iterdir() if path.suffix == ".new"] == []


def test_two_processes_upgrade_once(where: Folders) -> None:
    (blob,) = version_1.begin(where, CILLA)
    both = [programs.begin("opening.open_keyring(where)", where) for _ in range(2)]
    answers = [(process.communicate(timeout=60), process.returncode) for process in both]

    assert answers == [(("", ""), 0), (("", ""), 0)]
    assert opening.open_keyring(where).open(blob, bound_to=CILLAS_DETAILS) == b"hello"


def test_upgrade_waits_in_line_and_makes_no_service_key_before(where: Folders) -> None:
    version_1.begin(where)

    with Keystore(where.keys).alone():
        assert programs.run(UPGRADE_WITHIN_A_SECOND, where) == (0, "waited\n")
    assert not where.service_key_file.exists()
    assert programs.run(UPGRADE_WITHIN_A_SECOND, where) == (0, "upgraded\n")


def test_upgrade_of_what_another_process_brought_up_to_date_meanwhile_changes_nothing(where: Folders) -> None:
    version_1.begin(where)
    upgrading.upgrade(where)
    before = where.keys.read_bytes()

    upgrading.upgrade(where)

    assert where.keys.read_bytes() == before


def test_version_1_with_another_firms_key_file_stays_as_it_is(where: Folders) -> None:
    version_1.begin(where)
    where.key_file.unlink()
    keyfile.make(where.key_file)
    before = where.keys.read_bytes()

    with pytest.raises(vault.KeyFileWrong):
        opening.open_keyring(where)
    assert where.keys.read_bytes() == before
    assert not where.service_key_file.exists()


def test_version_1_is_refused_where_nothing_unlocks_it(chosen: Folders) -> None:
    version_1.begin(chosen)

    with pytest.raises(vault.KeyStoreOlder, match="tryggve up"):
        Keystore(chosen.keys).newest_id()
    with pytest.raises(vault.ServiceKeyMissing):
        vault.seal_for_service("mail", b"hello")


def _version(where: Folders) -> int:
    with storage.connected(where.keys) as connection:
        return int(storage.read_back(connection, "user_version"))


def _layout(where: Folders) -> set[tuple[str, ...]]:
    with contextlib.closing(sqlite3.connect(where.keys)) as connection:
        return set(connection.execute("SELECT type, name, sql FROM sqlite_schema"))
