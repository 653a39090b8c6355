"""The real program on another computer: what it says, and how the register is taken over."""

import json
import shutil
import signal
import sys
import uuid
from collections.abc import Iterator

import pytest

from tests import ground, postgres
from tests.program import Program
from tryggve.domains.setup.tests import register
from tryggve.domains.setup.tests.test_keys_command import Terminal
from tryggve.domains.setup.tests.test_upgrade import OLDER, WITHOUT_TABLE
from tryggve.lib import machine

pytestmark = pytest.mark.process

# The real command line, told another machine-id: argv[1] is the file with it.
_ELSEWHERE = """
import sys
from pathlib import Path
from tryggve.lib import machine
machine.SYSTEM_ID = Path(sys.argv.pop(1))
from tryggve.config.cli import main
sys.exit(main())
"""
_DYING = """
import os, signal, sys
from tryggve.lib import write_points
point = sys.argv.pop(1)
write_points.cut_with(lambda reached: reached == point and os.kill(os.getpid(), signal.SIGKILL))
"""
_SENTENCE = "This register belongs to another computer, since "
_CARRIED_OUT = "The register belongs to this computer now."


def _empty() -> Program:
    """An installation that wasn't started yet, on a database of its own."""
    is_second = ground.on_postgresql()
    return Program(database_url=postgres.new_database(f"home_{uuid.uuid4().hex}") if is_second else "")


@pytest.fixture
def first() -> Iterator[Program]:
    """A register with one customer in it, on the computer where it was begun."""
    made = _empty()
    done = made.run("customers", "import", "-", given=b"name\nCilla Karlsson\n")
    assert (done.returncode, done.stderr) == (0, b"")
    yield made
    made.clear()


@pytest.fixture
def elsewhere(first: Program) -> Iterator[Program]:
    """Both its folders, copied to another computer; a database of its own (PostgreSQL) is the same one."""
    with register.new() as made:
        shutil.copytree(first.data, made.data)
        shutil.copytree(first.config, made.config)
        other = made.home / "machine-id"
        other.write_text("b" * 32)
        made._command = (sys.executable, "-c", _ELSEWHERE, str(other))
        made._give_to_nobody()
        yield made


def _files(program: Program) -> dict[str, bytes]:
    """Without those that SQLite makes to read."""
    return {
        name: kept for name, kept in register.content(program).items() if not name.endswith(("-shm", "-wal"))
    }


def _refused(program: Program, *words: str) -> None:
    done = program.run(*words)
    told = done.stderr.decode()
    assert (words, done.returncode, done.stdout, told.count("\n")) == (words, 2, b"", 1)
    assert told.startswith(_SENTENCE)


def _finds_cilla(program: Program) -> bool:
    done = program.run("customers", "find", "cilla")
    return (done.returncode, b"Cilla Karlsson" in done.stdout) == (0, True)


@pytest.mark.both_databases
def test_copy_on_another_computer_neither_starts_nor_reads_nor_writes(
    first: Program, elsewhere: Program
) -> None:
    before = _files(elsewhere)
    _refused(elsewhere, "up", "--port", str(elsewhere.port))
    for words in (
        "customers find x",
        "customers import /dev/null",
        "keys status",
        "keys rotate",
        "audit verify",
    ):
        _refused(elsewhere, *words.split())
    findings = json.loads(elsewhere.run("doctor", "--json").stdout)
    assert [one["verdict"] for one in findings if one["text"].startswith(_SENTENCE)] == ["bad"]
    assert _files(elsewhere) == before
    assert _finds_cilla(first)


def test_older_data_of_another_computer_are_not_upgraded(first: Program, elsewhere: Program) -> None:
    register.change(elsewhere, OLDER, WITHOUT_TABLE)
    _refused(elsewhere, "up", "--port", str(elsewhere.port))
    assert "django_session" not in register.tables(elsewhere.data / "tryggve.sqlite3")


def test_older_data_are_upgraded_where_they_are_taken_over(first: Program, elsewhere: Program) -> None:
    register.change(elsewhere, OLDER, WITHOUT_TABLE)
    assert elsewhere.run("keys", "take-over", "-", given=b"take-over\n").returncode == 0
    assert _finds_cilla(elsewhere)


@pytest.mark.both_databases
def test_taken_over_it_starts_there_and_not_on_the_first_computer(first: Program, elsewhere: Program) -> None:
    for typed, told in ((b"yes\n", "That isn't the word"), (b"", "There was nothing more to read")):
        refused = elsewhere.run("keys", "take-over", "-", given=typed)
        assert (refused.returncode, told in refused.stderr.decode()) == (2, True)
    unasked = elsewhere.run("keys", "take-over", given=b"take-over\n")
    assert (unasked.returncode, b"Nobody is there to be asked" in unasked.stderr) == (2, True)
    assert _finds_cilla(first)

    done = elsewhere.run("keys", "take-over", "-", given=b"take-over\n")
    assert (done.returncode, done.stderr, _CARRIED_OUT in done.stdout.decode()) == (0, b"", True)
    assert _finds_cilla(elsewhere)
    elsewhere.start()
    again = elsewhere.run("keys", "take-over", "-", given=b"take-over\n")
    assert (again.returncode, b"belongs to this computer already" in again.stdout) == (0, True)
    assert b"belongs to this computer alone, since" in elsewhere.run("keys", "status").stdout
    assert elsewhere.stop() == 0
    if ground.on_postgresql():  # else each has a database of its own
        _refused(first, "up", "--port", str(first.port))


@pytest.mark.both_databases
def test_take_over_while_the_same_folder_runs_is_refused(first: Program) -> None:
    """Two containers with one folder, each with a machine-id of its own."""
    first.start()
    other = first.home / "machine-id"
    other.write_text("b" * 32)
    (first.config / machine.FILE).unlink(missing_ok=True)
    first._give_to_nobody()
    first._command = (sys.executable, "-c", _ELSEWHERE, str(other))
    refused = first.run("keys", "take-over", "-", given=b"take-over\n")
    assert (refused.returncode, b"already running with this data" in refused.stderr) == (2, True)
    assert first.stop() == 0
    first._command = register.BY_COMMAND
    assert _finds_cilla(first)


def test_register_that_another_computer_was_found_to_have_is_taken_back(first: Program) -> None:
    """Nothing in its own database tells that it is another's now."""
    (first.data / "taken-over").touch()
    done = first.run("keys", "take-over", "-", given=b"take-over\n")
    told = done.stdout.decode()
    assert (done.returncode, done.stderr, told.startswith("Another computer has taken")) == (0, b"", True)
    assert _CARRIED_OUT in told
    again = first.run("keys", "take-over", "-", given=b"take-over\n")
    assert b"belongs to this computer already" in again.stdout


def test_terminal_asks_for_the_word_and_says_why(elsewhere: Program) -> None:
    terminal = Terminal(elsewhere, "keys", "take-over")
    told = terminal.read_until("To go on, type take-over: ")
    assert (told.startswith(_SENTENCE), "Stop Tryggve there, for good." in told) == (True, True)
    terminal.type("take-over")
    assert (terminal.ended(), _CARRIED_OUT in terminal.seen) == (0, True)


@pytest.mark.both_databases
@pytest.mark.parametrize("point", ["machine named", "machine in place", "setup: home written down"])
def test_first_start_killed_while_it_writes_down_whose_it_is_is_taken_up(point: str) -> None:
    """On a computer without a machine-id, as a container is."""
    program = _empty()
    nowhere = str(program.home / "machine-id")
    words = ("customers", "import", "-")
    program._command = (sys.executable, "-c", _DYING + _ELSEWHERE, point, nowhere)
    assert program.run(*words, given=b"name\nCilla\n").returncode == -signal.SIGKILL
    program._command = (sys.executable, "-c", _ELSEWHERE, nowhere)
    assert program.run(*words, given=b"name\nCilla Karlsson\n").returncode == 0
    assert _finds_cilla(program)
    program._command = register.BY_COMMAND
    (program.config / machine.FILE).unlink()
    _refused(program, "keys", "status")
    program.clear()
