"""The command ``keys`` beside the running program: what it answers, what it asks, and its exit status."""

import errno
import json
import os
import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.program import Program
from tryggve.domains.setup.tests import register
from tryggve.lib.folders import Folders
from tryggve.vault import opening, unlockers
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests.cheap import CHEAP, PASSPHRASE
from tryggve.vault.tests.keeper.conftest import NOW

pytestmark = pytest.mark.process

_WORD = re.compile(r"^ *\d+  ([a-z]+)\r?$", re.MULTILINE)
_CLEARED = "\x1b[2J\x1b[3J\x1b[H"


@pytest.fixture(scope="module")
def running(used: Program) -> Iterator[Program]:
    """Up and running, on a register with a key file and a passphrase that costs next to nothing."""
    with register.copied(used) as program:
        folders = Folders(data=program.data, config=program.config)
        unlocked = opening.unlock(folders)
        unlockers.add_passphrase(
            PASSPHRASE, store=Keystore(folders.keys), unlocked=unlocked, now=NOW, cost=CHEAP
        )
        program._give_to_nobody()
        program.start()
        yield program


def _status(program: Program) -> tuple[int, bool]:
    done = program.run("keys", "status", "--json")
    return done.returncode, json.loads(done.stdout)["is_locked"]


def test_status_as_json_tells_what_opens_the_register(running: Program) -> None:
    done = running.run("keys", "status", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert {name: told[name] for name in ("is_locked", "is_running", "is_key_file_there")} == {
        "is_locked": False,
        "is_running": True,
        "is_key_file_there": True,
    }
    assert {(way["kind"], way["counts"]) for way in told["unlockers"]} >= {
        ("key-file", True),
        ("passphrase", True),
    }
    assert b"Key file: " + str(running.config / "key").encode() in running.run("keys", "status").stdout


def test_lock_and_unlock_with_the_passphrase_from_standard_input(running: Program) -> None:
    assert running.run("keys", "lock").returncode == 0
    assert _status(running) == (3, True)
    assert running.run("customers", "find", "cilla").returncode == 3
    assert running.run("keys", "rotate").returncode == 3

    wrong = running.run("keys", "unlock", "-", given=b"not this one\n")
    assert (wrong.returncode, b"isn't the passphrase" in wrong.stderr) == (3, True)
    right = running.run("keys", "unlock", "-", given=PASSPHRASE.encode() + b"\n")
    assert (right.returncode, right.stderr, _status(running)) == (0, b"", (0, False))
    assert running.run("customers", "find", "cilla").returncode == 0


def test_rotate_and_a_new_key_file_leave_the_register_open(running: Program) -> None:
    before = (running.config / "key").read_bytes()
    assert running.run("keys", "rotate").returncode == 0
    rotated = (running.config / "key").read_bytes()
    assert running.run("keys", "key-file").returncode == 0
    renewed = (running.config / "key").read_bytes()
    assert (len({before, rotated, renewed}), running.run("customers", "find", "cilla").returncode) == (3, 0)


def test_secret_without_a_terminal_is_asked_for_with_a_dash(running: Program) -> None:
    for verb in ("unlock", "passphrase", "recovery-kit"):
        refused = running.run("keys", verb, given=b"korrekt\n")
        assert (verb, refused.returncode, refused.stdout) == (verb, 2, b"")
    empty = running.run("keys", "passphrase", "-")
    assert (empty.returncode, b"nothing more to read" in empty.stderr) == (2, True)
    short = running.run("keys", "passphrase", "-", given=b"kort\n")
    assert (short.returncode, b"too short" in short.stderr) == (2, True)
    assert running.run("keys", "unlock", "korrekt hast batteri").returncode == 2


def test_nothing_runs_so_nothing_is_locked_or_unlocked(used: Program) -> None:
    for verb in ("lock", "unlock"):
        refused = used.run("keys", verb)
        assert (refused.returncode, b"isn't running" in refused.stderr) == (2, True)
    status = used.run("keys", "status")
    assert (status.returncode, b"not running" in status.stdout) == (0, True)


class Terminal:
    """A command at a terminal, and somebody who reads it and types."""

    def __init__(self, program: Program, *words: str) -> None:
        self._own, theirs = os.openpty()
        self.seen = ""
        self._unread = b""
        self.process = subprocess.Popen(
            program._as_nobody(*words), env=program._environment(), cwd="/",
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)

    def read_until(self, text: str) -> str:
        """What came since the last time, up to that text or the end; what came after it is kept for the next time."""
        while text.encode() not in self._unread:
            try:
                some = os.read(self._own, 4096)
            except OSError as end:
                if end.errno != errno.EIO:  # Linux: the other end was closed
                    raise
                some = b""
            if not some:
                text = self._unread.decode()
                break
            self._unread += some
        before, found, self._unread = self._unread.partition(text.encode()) if text else (b"", b"", b"")
        came = (before + found).decode()
        self.seen += came
        return came

    def type(self, line: str) -> None:
        os.write(self._own, line.encode() + b"\n")

    def ended(self) -> int:
        self.read_until("\0")
        os.close(self._own)
        return self.process.wait(timeout=60)


def test_passphrase_typed_at_a_terminal_is_not_shown(running: Program) -> None:
    running.run("keys", "lock")
    terminal = Terminal(running, "keys", "unlock")
    terminal.read_until("Passphrase: ")
    terminal.type(PASSPHRASE)
    assert (terminal.ended(), PASSPHRASE in terminal.seen, _status(running)) == (0, False, (0, False))


def test_kit_is_shown_page_by_page_cleared_and_tried(running: Program) -> None:
    terminal = Terminal(running, "keys", "recovery-kit")
    pages = []
    for share in (1, 2, 3):
        terminal.read_until(f"Page {share} of 3: press Enter to see it.")
        terminal.type("")
        shown = terminal.read_until("it is never shown again.")
        pages.append(" ".join(_WORD.findall(shown)))
        terminal.type("")
        terminal.read_until(_CLEARED)
    assert [len(page.split()) for page in pages] == [33, 33, 33]

    terminal.read_until("The words of one page: ")
    terminal.type(pages[0])
    terminal.read_until("The words of another page: ")
    terminal.type("not a share")
    terminal.read_until(_CLEARED)
    terminal.read_until("The words of one page: ")
    terminal.type(pages[2])
    terminal.read_until("The words of another page: ")
    terminal.type(pages[1])
    assert (terminal.ended(), "works and counts from now on" in terminal.seen) == (0, True)

    told = json.loads(running.run("keys", "status", "--json").stdout)
    [kit] = [way for way in told["unlockers"] if way["kind"] == "recovery-kit"]
    assert (kit["counts"], kit["number"]) == (True, 1)

    running.run("keys", "lock")
    typed = f"{pages[1]}\n{pages[0]}\n".encode()
    assert running.run("keys", "unlock", "--kit", "-", given=typed).returncode == 0
    assert _status(running) == (0, False)
