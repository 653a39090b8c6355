"""Everything that a program and its children write to files, told by strace, also to files that are gone again.

It sees names and bytes of each call that opens, names or writes a file. It doesn't see what goes into a file through
memory that is mapped from it, or from file to file inside the kernel: such calls are told as ``unseen``. Without root
it can't look into a process that has closed itself to others (the keeper of the keys): that is told as ``blind``. What
the kernel itself puts on a disk (swap, core dumps) no trace of calls shows.
"""

import codecs
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.leftovers.readings import words_in
from tests.leftovers.spellings import Needles
from tests.program import Program

_NAMING = (
    "open",
    "openat",
    "openat2",
    "creat",
    "mkdir",
    "mkdirat",
    "mknod",
    "mknodat",
    "symlink",
    "symlinkat",
)
_RENAMING = ("link", "linkat", "rename", "renameat", "renameat2", "setxattr", "fsetxattr", "lsetxattr")
_WRITING = ("write", "pwrite64", "writev", "pwritev", "pwritev2")
_UNSEEN = ("sendfile", "copy_file_range", "splice", "io_uring_setup", "mmap")
_CALLS = _NAMING + _RENAMING + _WRITING + _UNSEEN

_CALL = re.compile(rb"(\d+) +(\w+)\((.*)", re.DOTALL)
_OPENED = re.compile(rb"\d+<(.*?)>(?:\(deleted\))?(?=, |\))")
_TEXT = re.compile(rb'"((?:[^"\\]|\\.)*)"(\.\.\.)?')
_FOR_WRITING = re.compile(rb"\bO_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)\b")
_FULL_LENGTH = 256 * 1024 * 1024
_WITHIN_SECONDS = 60


def lack() -> str:
    """Why nothing can be traced here; empty when it can."""
    if shutil.which("strace") is None:
        return "strace is missing"
    tried = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False
    )
    return "the system lets no program be traced" if tried.returncode else ""


@dataclass
class Written:
    """What was written, by the name of the file; and how far the trace could see."""

    files: dict[str, bytearray] = field(default_factory=dict)
    elsewhere: bytearray = field(default_factory=bytearray)
    """Into pipes, sockets and memory."""
    names: set[str] = field(default_factory=set)
    """Of all that was opened for writing, made, linked or renamed."""
    unseen: set[tuple[str, str]] = field(default_factory=set)
    blind: set[int] = field(default_factory=set)

    def readable(self, needles: Needles) -> dict[str, list[str]]:
        """The files in which one of the words could be read at any time, and the names that hold one."""
        for name in self.names:
            if Path(name).is_file():  # what was mapped or copied into it stands there now
                self.files.setdefault(name, bytearray()).extend(Path(name).read_bytes())
        found = {name: words_in(bytes(content), needles) for name, content in self.files.items()}
        found |= {name: words for name in self.names if (words := words_in(name.encode(), needles))}
        return {name: words for name, words in found.items() if words}

    def take(self, line: bytes) -> None:
        """One line of strace."""
        parsed = _CALL.match(line)
        if parsed is None:
            return
        process, call, rest = int(parsed[1]), parsed[2].decode(), parsed[3]
        texts = [codecs.escape_decode(text)[0] for text, _cut in _TEXT.findall(rest)]
        if any(cut for _text, cut in _TEXT.findall(rest)):
            self.unseen.add((call, "longer than the trace tells"))
        if call in _WRITING:
            self._write(process, rest, texts)
        elif call in _UNSEEN:
            self._pass_by(call, rest)
        elif not texts:
            self.blind.add(process)
        elif call in _RENAMING or call not in {"open", "openat", "openat2"} or _FOR_WRITING.search(rest):
            self.names.update(os.fsdecode(text) for text in texts)

    def _write(self, process: int, rest: bytes, texts: list[bytes]) -> None:
        target = _OPENED.match(rest)
        if target is None or not texts:
            self.blind.add(process)
        elif _is_file(target[1]):
            self.files.setdefault(os.fsdecode(target[1]), bytearray()).extend(b"".join(texts))
        else:
            self.elsewhere.extend(b"".join(texts))

    def _pass_by(self, call: str, rest: bytes) -> None:
        targets = [os.fsdecode(name) for name in _OPENED.findall(rest) if _is_file(name)]
        if call != "mmap":
            self.unseen.add((call, ", ".join(targets)))
        elif b"MAP_SHARED" in rest and b"PROT_WRITE" in rest:
            self.unseen.update((call, name) for name in targets)


def _is_file(name: bytes) -> bool:
    return name.startswith(b"/") and not name.startswith((b"/memfd:", b"/dev/", b"/proc/"))


class FileTrace:
    """Put ``command`` before a program's own: it and all its children are traced until the last has ended."""

    def __init__(self, folder: Path) -> None:
        pipe = folder / "trace"
        os.mkfifo(pipe)
        options = ("-D", "-f", "-y", "-qq", "--seccomp-bpf", "-s", str(_FULL_LENGTH), "-e", "signal=none")
        self.command: Sequence[str] = ("strace", *options, "-e", f"trace={','.join(_CALLS)}", "-o", str(pipe))
        self._written = Written()
        self._reader = threading.Thread(target=self._read, args=(pipe,), daemon=True)
        self._reader.start()

    def _read(self, pipe: Path) -> None:
        with pipe.open("rb") as lines:
            for line in lines:
                self._written.take(line)

    def ended(self) -> Written:
        """All of it, once the last traced process has ended."""
        self._reader.join(_WITHIN_SECONDS)
        if self._reader.is_alive():
            raise AssertionError("a traced process still runs")
        return self._written


class TracedProgram(Program):
    """The real program, traced from its first step."""

    def __init__(self, trace: FileTrace) -> None:
        super().__init__()
        self._trace = trace

    def _as_nobody(self, *words: str) -> list[str]:
        # Before the change of user: a tracer with root's rights looks into every process.
        return [*self._trace.command, *super()._as_nobody(*words)]
