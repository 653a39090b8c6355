"""The same at a terminal: asked step by step, with mistakes, as a person in a bad hour makes them."""

import os
import pty
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.program import Program
from tryggve.domains.backups.tests.lost_firm import LostFirm

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def lost() -> Iterator[LostFirm]:
    made = LostFirm()
    try:
        made.back_up()
        made.lose()
        yield made
    finally:
        made.clear()


class Typist:
    """Reads what stands on a terminal, and types."""

    def __init__(self, terminal: int) -> None:
        self._terminal, self.seen = terminal, ""
        self._from = 0

    def see(self, text: str) -> None:
        """It comes to stand there, after what was seen before."""
        while text not in self.seen[self._from :]:
            if not self._read():
                raise AssertionError(self.seen)
        self._from = self.seen.index(text, self._from) + len(text)

    def answer(self, question: str, typed: str) -> None:
        """Once the question stands there."""
        self.see(question)
        os.write(self._terminal, f"{typed}\n".encode())

    def read_on(self) -> str:
        """To its end."""
        while self._read():
            pass
        return self.seen

    def _read(self) -> bool:
        piece = b""
        with suppress(OSError):  # whoever held the other side is gone
            piece = os.read(self._terminal, 65536)
        self.seen += piece.decode(errors="replace")
        return bool(piece)


@contextmanager
def _at_terminal(program: Program, *words: str) -> Iterator[tuple[Typist, "subprocess.Popen[bytes]"]]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        program._as_nobody(*words), env=program._environment(), cwd="/", stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Typist(ours), process
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_asked_step_by_step_with_a_disk_that_lies_elsewhere_now(lost: LostFirm) -> None:
    bare, elsewhere = Program(), lost.folder / "plugged in elsewhere"
    lost.far.rename(elsewhere)
    try:
        with _at_terminal(bare, "restore") as (typist, process):
            typist.answer("The path of the folder, or sftp:", str(lost.folder / "nowhere"))
            typist.see("is no place that Tryggve knows")
            typist.answer("The path of the folder, or sftp:", str(lost.near))
            typist.answer("The words of one page: ", lost.shares[0])
            typist.answer("The words of another page: ", lost.shares[0])
            typist.see("The same page was written twice.")
            typist.answer("The words of one page: ", lost.shares[0])
            typist.answer("The words of another page: ", lost.shares[2])
            typist.answer("Which number?", str(elsewhere))
            typist.answer("Type yes: ", "yes")
            seen = typist.read_on()
            assert process.wait() == 0, seen
        assert ("Far place: it doesn't answer" in seen, "customers, 0 sealed files" in seen) == (
            True,
            True,
        ), seen
        assert "NEVER start Tryggve on the old one again" in seen
        assert b"Cilla Karlsson" in bare.run("customers", "find", "cilla").stdout
    finally:
        elsewhere.rename(lost.far)
        bare.clear()


def test_who_does_not_say_yes_has_nothing_fetched(lost: LostFirm) -> None:
    bare = Program()
    try:
        with _at_terminal(bare, "restore", "--keys-place", str(lost.near)) as (typist, process):
            typist.answer("The words of one page: ", lost.shares[1])
            typist.answer("The words of another page: ", lost.shares[2])
            typist.answer("Which number?", "")
            typist.answer("Type yes: ", "no")
            seen = typist.read_on()
            assert (process.wait(), "Then not. Your data were not fetched." in seen) == (2, True), seen
        assert not (bare.data / "tryggve.sqlite3").exists()
    finally:
        bare.clear()
