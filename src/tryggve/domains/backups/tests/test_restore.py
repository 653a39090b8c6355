"""A restore for real: on folders that never held anything, with two typed pages and the places of backups."""

import getpass
import json
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from shamir_mnemonic import generate_mnemonics

from tests import ground, postgres
from tests.program import Program
from tryggve.domains.backups.tests import lost_firm
from tryggve.domains.backups.tests.lost_firm import LostFirm
from tryggve.domains.backups.tests.sftp_server import SftpServer

pytestmark = pytest.mark.process


def _database() -> str:
    """The address of an empty one, where the tests run on PostgreSQL."""
    return postgres.new_database(f"restore_{uuid.uuid4().hex}") if ground.on_postgresql() else ""


@pytest.fixture(scope="module")
def lost() -> Iterator[LostFirm]:
    """A customer was erased after the only backup; then the computer was lost."""
    made = LostFirm(database_url=_database())
    try:
        assert made.program.run("audit", "checkpoint").returncode == 0
        made.back_up()
        made.erase_one()
        made.lose()
        yield made
    finally:
        made.clear()


@pytest.fixture
def bare() -> Iterator[Program]:
    """Another user's empty home on another computer."""
    made = Program()
    yield made
    made.clear()


def _restore(
    bare: Program, lost: LostFirm, *words: str, shares: tuple[int, int] = (0, 1)
) -> tuple[int, str, str]:
    typed = "".join(f"{lost.shares[number]}\n" for number in shares)
    done = lost_firm.run(bare, "restore", "-", "--keys-place", str(lost.near), *words, given=typed)
    return done.returncode, done.stdout, done.stderr


def _into(lost: LostFirm) -> tuple[str, ...]:
    """The option that names the database, where the copy needs a server."""
    if not (address := _database()):
        return ()
    file = lost.folder / "address"
    file.write_text(address)
    return ("--database", str(file))


@pytest.mark.both_databases
def test_everything_is_back_but_who_was_erased(lost: LostFirm, bare: Program) -> None:
    status, told, said = _restore(bare, lost, "--yes", "--json", *_into(lost), shares=(2, 0))
    assert status == 0, told + said
    assert [f"Step {number} of 7." in said for number in range(1, 8)] == [True] * 7
    answer = json.loads(told)
    assert (answer["restored"], answer["place"], answer["erased_again"]) == (True, "Far place", 1)
    assert (answer["customers_unopened"], answer["others_unopened"], answer["damaged_tables"]) == (0, 0, 0)
    # What was erased again, and all that follows, is on this computer alone until then.
    assert json.loads(bare.run("backup", "status", "--json").stdout)["last"]["state"] == "WAITING"
    with urllib.request.urlopen(bare.start()) as page:  # noqa: S310 - on loopback
        assert page.status == 200
    assert bare.stop() == 0
    found = lost_firm.customers_in(bare)
    assert ("Cilla Karlsson" in found, "Dan Dahl" in found, "Erasa" in found) == (True, True, False)
    assert found.count("@") == lost_firm.CUSTOMERS - 1
    verdict = json.loads(bare.run("audit", "verify", "--json").stdout)
    assert (verdict["ok"], len(verdict["lost_by_restore"])) == (True, 1)


def _nothing_made(bare: Program) -> bool:
    return not bare.data.exists() and not bare.config.exists()


def test_two_pages_that_open_nothing_are_told_apart(lost: LostFirm, bare: Program) -> None:
    first, second = lost.shares[:2]
    words = first.split()
    misspelt = " ".join([*words[:6], "zebraa", *words[7:]])
    swapped = " ".join([words[1], words[0], *words[2:]])
    refusals = {
        (misspelt, second): "The page typed first, word 7: «zebraa» isn't a word of the kit.",
        (swapped, second): "The page typed first: each word is one of the kit's, but",
        (first, " ".join(second.split()[:-1])): "The second page typed has 32 words",
        (first, first): "The same page was written twice.",
        (first, _shares_of_another()[1]): "The pages belong to two different kits.",
        _shares_of_another(): "don't open the keys in that place",
    }
    for typed, told in refusals.items():
        done = lost_firm.run(
            bare,
            "restore",
            "-",
            "--keys-place",
            str(lost.near),
            "--yes",
            given="".join(f"{one}\n" for one in typed),
        )
        assert (done.returncode, told in done.stderr, _nothing_made(bare)) == (2, True, True), done.stderr


def _shares_of_another() -> tuple[str, str]:
    [shares] = generate_mnemonics(1, [(2, 3)], b"x" * 32, iteration_exponent=0)
    return shares[0], shares[1]


def test_places_without_keys_are_told_apart(lost: LostFirm, bare: Program) -> None:
    refusals = {
        str(lost.far): "There is no repository of keys in that place.",
        str(lost.folder / "nowhere"): "is no place that Tryggve knows",
        "sftp:nobody@127.0.0.1:1": "That place can't be used",
    }
    for place, told in refusals.items():
        done = lost_firm.run(bare, "restore", "-", "--keys-place", place, "--yes")
        assert (done.returncode, told in done.stderr, _nothing_made(bare)) == (2, True, True), done.stderr


def test_register_that_is_there_is_never_written_over(lost: LostFirm, bare: Program) -> None:
    assert bare.run("customers", "import", "-", given=b"name\nEva\n").returncode == 0
    status, _told, said = _restore(bare, lost, "--yes")
    assert (status, "a restore never writes over one" in said) == (2, True)
    assert b"Eva" in bare.run("customers", "find", "eva").stdout


def test_nobody_is_asked_without_a_terminal(lost: LostFirm, bare: Program) -> None:
    done = lost_firm.run(bare, "restore")
    assert (done.returncode, "Say it with --keys-place." in done.stderr, _nothing_made(bare)) == (
        2,
        True,
        True,
    )
    status, _told, said = _restore(bare, lost)
    assert (status, "Say it with --yes." in said) == (2, True)


POINTS = (
    "backups: restore begun",
    "vault: keys.sqlite3 written",
    "backups: keys put back",
    "backups: data fetched",
    "backups: restored in part",
    *(("backups: database about to be filled",) if ground.on_postgresql() else ()),
    "backups: database filled",
    "setup: taken over, not committed",
    "audit: epoch opened",
    "backups: log opened",
    "erasure: replayed, not committed",
)


@pytest.mark.both_databases
def test_restore_that_is_killed_is_gone_on_with(lost: LostFirm, bare: Program, tmp_path: Path) -> None:
    """At each of them in turn; meanwhile nothing else may use what lies there."""
    typed = "".join(f"{one}\n" for one in lost.shares[:2])
    words = ("restore", "-", "--keys-place", str(lost.near), "--yes", "--json", *_into(lost))
    for point in POINTS:
        done = lost_firm.run(bare, *words, given=typed, cut_at=point)
        assert done.returncode in {-9, 247}, (point, done.returncode, done.stdout, done.stderr)
        for command in (("customers", "find", "cilla"), ("customers", "import", "-")):
            refused = bare.run(*command)
            assert (refused.returncode, b"Go on with" in refused.stderr) == (2, True), point
    done = lost_firm.run(bare, *words, given=typed)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["erased_again"] == 1
    found = lost_firm.customers_in(bare)
    assert ("Cilla Karlsson" in found, "Dan Dahl" in found, "Erasa" in found) == (True, True, False)
    verdict = json.loads(bare.run("audit", "verify", "--json").stdout)
    assert (verdict["ok"], len(verdict["lost_by_restore"])) == (True, 1)


def test_keys_are_found_by_sftp(lost: LostFirm, bare: Program, tmp_path: Path) -> None:
    """As far as the question that nobody is there to answer."""
    with SftpServer(tmp_path / "server") as server:
        key = bare.home / "ssh-key"
        key.write_bytes((tmp_path / "server" / "key").read_bytes())
        key.chmod(0o600)
        bare._give_to_nobody()
        place = f"sftp://{getpass.getuser()}@127.0.0.1:{server.port}/{lost.near}"
        typed = "".join(f"{one}\n" for one in lost.shares[:2])
        words = ("restore", "-", "--keys-place", place, "--ssh-key", str(key))
        done = lost_firm.run(bare, *words, given=typed)
    assert ("They open the keys." in done.stdout, "Say it with --yes." in done.stderr) == (True, True), done
