"""The product's scanner as it runs, in sealed-off children, with names of persons: its memory, and two at a time."""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from bench import measuring
from bench.datamap_trees import write_tree
from bench.mess import corpora

_MEMORY_BAR, _TWO_BAR = 150.0, 1.8
_EVEN = (0.9, 1.1)
_FILES, _MEGABYTES = 48, 12
_LOOKS_A_SECOND = 200
_MB = 1_000_000


def memory(home: Path, megabytes: int) -> None:
    """The peaks of each process, over texts, a dense list and a picture; and of the engine over one line, a GB long."""
    from tryggve.domains.datamap.tests.engine import pdf_files  # noqa: PLC0415

    folder = home / "texts"
    folder.mkdir()
    for name in corpora.NAMES:
        content, _planted = corpora.corpus(name, 12)
        (folder / f"{name}.{'csv' if name == 'dense' else 'txt'}").write_bytes(content)
    (folder / "scan.pdf").write_bytes(pdf_files.scan_of("Personnummer: 19811218-9876"))
    told = measuring.in_own_process("datamap_scanner", "peaks", str(folder))
    (server, fork), *pictured = told["servers"]
    _say_peak("scanner: this process", told["self"])
    _say_peak("scanner: what is forked for each file", server)
    _say_peak("scanner: the largest of these forks", fork)
    for loaded, reading in pictured:
        measuring.say(f"OCR needs {loaded:.0f} MB once it is loaded, {reading:.0f} MB while it reads a page")
    line = home / "line.txt"
    piece = corpora.corpus("prose", 1)[0].replace(b"\n", b" ")
    with line.open("wb") as out:
        for _number in range(megabytes):
            out.write(piece)
    peak = measuring.in_own_process("datamap_scanner", "line", str(line))
    _say_peak(f"engine: one line of {line.stat().st_size / _MB:.0f} MB, without names of persons", peak)


def _say_peak(what: str, peak: float) -> None:
    told = "met" if peak <= _MEMORY_BAR else "NOT met"
    measuring.say(f"peak of {what}: {peak:.0f} MB; bar {_MEMORY_BAR:.0f} {told}")


def two_processes(home: Path, pairs: int) -> None:
    """Wall seconds of one over those of two, with one over one as the measure of how even the machine is."""
    tree = home / "shared"
    write_tree(tree, _FILES, megabytes=_MEGABYTES)
    found = [(_wall(tree, 1), _wall(tree, 2), _wall(tree, 1)) for _pair in range(pairs)]
    even = statistics.median(first / again for first, _two, again in found)
    ratios = [(first + again) / 2 / two for first, two, again in found]
    is_met = statistics.median(ratios) >= _TWO_BAR
    told = f"bar {_TWO_BAR} {'met' if is_met else 'NOT met'}"
    if not _EVEN[0] <= even <= _EVEN[1]:
        told = "not decidable, run again"
    measuring.say(f"two processes: ratio {measuring.spread(ratios)}, one to one {even:.2f}; {told}")


def _wall(tree: Path, count: int) -> float:
    """From when all of them are loaded to when the last is done."""
    command = [sys.executable, "-m", "bench.datamap_scanner", "--one", "share", str(tree), str(count)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    running = [
        subprocess.Popen([*command, str(number)], text=True, cwd=measuring.ROOT, **pipes)  # type: ignore[call-overload] # noqa: S603
        for number in range(count)
    ]
    for process in running:
        process.stdout.readline()
    began = time.perf_counter()
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        process.stdout.readline()
    spent = time.perf_counter() - began
    for process in running:
        process.communicate()
    return spent


def share(tree: str, count: str, number: str) -> None:
    from tryggve.domains.datamap import scanning, walking  # noqa: PLC0415 - only some of these runs need it

    files = walking.files_below(tree)[int(number) :: int(count)]
    with scanning.scanner() as scanner:
        list(scanner.scan(files[0], walking.opened(files[0])))
        measuring.say("ready")
        sys.stdin.readline()
        for file in files:
            for _found in scanner.scan(file, walking.opened(file)):
                pass
        measuring.say("done")


def peaks(folder: str) -> dict[str, object]:
    """In MB: of this process, and of each fork server and the largest of its forks."""
    from tryggve.domains.datamap import scanning, walking  # noqa: PLC0415

    seen: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    is_done = threading.Event()

    def watch() -> None:
        while not is_done.wait(1 / _LOOKS_A_SECOND):
            for server in _children(os.getpid()):
                seen[server][0] = max(seen[server][0], _peak(server))
                seen[server][1] = max(seen[server][1], *map(_peak, _children(server)), 0.0)

    watching = threading.Thread(target=watch)
    with scanning.scanner() as scanner:
        watching.start()
        for file in walking.files_below(folder):
            for _found in scanner.scan(file, walking.opened(file)):
                pass
        is_done.set()
        watching.join()
    return {"self": _peak(os.getpid()), "servers": [seen[server] for server in sorted(seen)]}


def _children(process: int) -> Iterator[int]:
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            with suppress(OSError):
                yield from map(int, (task / "children").read_text(encoding="ascii").split())


def _peak(process: int) -> float:
    """VmHWM of proc(5); 0 where it is gone meanwhile."""
    with suppress(OSError, IndexError):
        told = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
        return int(told.partition("VmHWM:")[2].split()[0]) / 1024
    return 0.0


def line(path: str) -> float:
    from tryggve.domains.datamap.engine import told  # noqa: PLC0415

    told.rehearse()
    with Path(path).open("rb", buffering=0) as file:
        for _answer in told.tell(file, name="line.txt", names=False):
            pass
    return _peak(os.getpid())


def _one(words: Sequence[str]) -> None:
    what, *arguments = words
    if what == "share":
        share(*arguments)
    else:
        works = {"peaks": peaks, "line": line}
        measuring.say(json.dumps(works[what](*arguments)))


if __name__ == "__main__":
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    _one(sys.argv[2:])
