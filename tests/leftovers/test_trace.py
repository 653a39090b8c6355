"""The trace tells of everything written, also by children, also into files that are gone again."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.leftovers import trace
from tests.leftovers.spellings import Needles
from tests.leftovers.trace import FileTrace, Written
from tools import machine

WORD = "Cilla Åkerström"
NEEDLES = Needles([WORD])

needs_trace = pytest.mark.skipif(bool(trace.lack()) and not machine.is_ci(), reason=trace.lack())


def written_by(program: str, folder: Path) -> Written:
    """What a Python program writes; its first argument is the word."""
    traced = FileTrace(folder)
    subprocess.run(
        [*traced.command, sys.executable, "-c", program, WORD, str(folder)],
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return traced.ended()


GONE_AGAIN = """
import os, sys, tempfile
file, name = tempfile.mkstemp(prefix="left-behind-")
os.write(file, b"before " + sys.argv[1].encode() + b" after")
os.remove(name)
"""
BY_A_CHILD = """
import subprocess, sys
program = "import sys, pathlib; pathlib.Path(sys.argv[2], 'by-child').write_text(sys.argv[1])"
subprocess.run([sys.executable, "-c", program, *sys.argv[1:]], close_fds=True)
"""
IN_TWO_PIECES = """
import os, sys
out = os.open(sys.argv[2] + "/pieces", os.O_WRONLY | os.O_CREAT)
word = sys.argv[1].encode()
os.write(out, word[:7])
os.writev(out, [word[7:9], word[9:]])
os.truncate(sys.argv[2] + "/pieces", 0)
"""
AS_A_NAME = """
import pathlib, sys
place = pathlib.Path(sys.argv[2], sys.argv[1])
place.mkdir()
place.rmdir()
"""
MAPPED = """
import mmap, sys
with open(sys.argv[2] + "/mapped", "w+b") as file:
    file.truncate(4096)
    with mmap.mmap(file.fileno(), 0) as pages:
        pages[:20] = sys.argv[1].encode().ljust(20)[:20]
"""


@needs_trace
@pytest.mark.process
@pytest.mark.parametrize(
    ("program", "name"),
    [
        (GONE_AGAIN, "/left-behind-"),
        (BY_A_CHILD, "/by-child"),
        (IN_TWO_PIECES, "/pieces"),
        (AS_A_NAME, f"/{WORD}"),
        (MAPPED, "/mapped"),
    ],
    ids=["gone again", "by a child", "in two pieces", "as a name", "mapped"],
)
def test_word_is_found_wherever_it_is_written(program: str, name: str, tmp_path: Path) -> None:
    written = written_by(program, tmp_path)
    [(where, words)] = written.readable(NEEDLES).items()
    assert (name in where, words, written.blind) == (True, [WORD], set())


@needs_trace
@pytest.mark.process
def test_mapped_file_is_told_as_unseen(tmp_path: Path) -> None:
    assert written_by(MAPPED, tmp_path).unseen == {("mmap", str(tmp_path / "mapped"))}


@needs_trace
@pytest.mark.process
def test_what_is_read_or_sent_is_not_taken_for_written(tmp_path: Path) -> None:
    (tmp_path / "list").write_text(WORD)
    written = written_by("import sys; print(open(sys.argv[2] + '/list').read(), flush=True)", tmp_path)

    assert (written.readable(NEEDLES), WORD.encode() in written.elsewhere) == ({}, True)
    assert str(tmp_path / "list") not in written.names


@pytest.mark.parametrize(
    ("line", "blind"),
    [
        (b'7 write(3</tmp/x>, "Cilla", 5) = 5', set()),
        (b"7 write(3</tmp/x>, 0x7ffd1, 5) = 5", {7}),
        (b'7 openat(AT_FDCWD</>, "/tmp/x", O_RDWR) = 3</tmp/x>', set()),
        (b"7 openat(AT_FDCWD</>, 0x7ffd1, O_RDWR) = 3", {7}),
        (b"7 <... write resumed>) = 5", set()),
    ],
)
def test_process_that_can_not_be_looked_into_is_told(line: bytes, blind: set[int]) -> None:
    written = Written()
    written.take(line + b"\n")
    assert written.blind == blind


def test_text_cut_by_the_trace_is_told() -> None:
    written = Written()
    written.take(b'7 write(3</tmp/x>, "Cil"..., 5000) = 5000\n')
    assert written.unseen == {("write", "longer than the trace tells")}
