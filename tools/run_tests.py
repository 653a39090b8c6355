"""``./tryggve test``: the fast checks, then all tests in stages, with seconds and the slowest of each.

With words after ``test`` they go to pytest and only that runs: ``./tryggve test -k import``.
"""

import compileall
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tools import check, machine, tree

# On two cores: about a quarter of each test is waiting for a disk, a process or a browser.
_THREE_AT_A_TIME = ["-n", "3"]
_SLOWEST = ["--durations=10", "--durations-min=0.5"]


@dataclass(frozen=True)
class Stage:
    """One run of pytest; ``lacks`` names what this computer hasn't, and then the stage is left out."""

    title: str
    words: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    lacks: str = ""


@dataclass
class Outcome:
    title: str
    seconds: float = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    is_good: bool = True

    def __str__(self) -> str:
        counts = f"{self.passed:5} passed {self.failed:4} failed {self.skipped:4} skipped"
        return f"{'ok  ' if self.is_good else 'FAIL'} {self.seconds:7.1f} s {counts}  {self.title}"


def stages() -> Iterator[Stage]:
    """On both databases what needs neither processes nor pages; then those, on SQLite."""
    alone = "not browser and not process"
    yield Stage("units, SQLite", [*_THREE_AT_A_TIME, "-m", alone])
    # Those of one file stay together, but for all pages in three languages: they share a server that is slow to start.
    by_file = [*_THREE_AT_A_TIME, "--dist", "loadgroup", "-m"]
    yield Stage(
        "units and one journey, PostgreSQL",
        [*by_file, f"({alone}) or both_databases"],
        {"TRYGGVE_TEST_DATABASE": "postgresql"},
        "" if machine.postgresql() else "no PostgreSQL server was found",
    )
    yield Stage("processes", [*by_file, "process and not browser"])
    yield Stage("pages and journeys", [*by_file, "browser"], lacks=machine.lacks_for_pages())


def run(stage: Stage) -> Outcome:
    """Run pytest, its words going to the screen as they come."""
    print(f"\n=== {stage.title}", flush=True)
    if stage.lacks:
        print(f"SKIPPED: {stage.lacks}")
        return Outcome(f"{stage.title}: SKIPPED, {stage.lacks}", is_good=False)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tryggve-run-") as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-rfEs", f"--junitxml={report}", *_SLOWEST, *stage.words],
            cwd=tree.ROOT, env=environment() | stage.environment, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        outcome = _counted(stage.title, report)
    outcome.seconds = time.monotonic() - started
    outcome.is_good = done.returncode == 0
    return outcome


def environment() -> dict[str, str]:
    """The caller's, without what points at a register of theirs or has every process compile the product anew."""
    left_out = ("TRYGGVE_", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(left_out)}


def _counted(title: str, report: Path) -> Outcome:
    if not report.exists():
        return Outcome(title)
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314 - written by our own pytest
    total, failures, errors, skipped = (
        sum(int(suite.get(count, "0")) for suite in suites)
        for count in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return Outcome(title, passed=total - failed - skipped, failed=failed, skipped=skipped)


def main(words: list[str]) -> int:
    """Exit status 0 when nothing failed and nothing was left out for want of a browser or a database."""
    started = time.monotonic()
    if words:
        chosen = os.environ.get("TRYGGVE_TEST_DATABASE")
        database = {"TRYGGVE_TEST_DATABASE": chosen} if chosen else {}
        return 0 if run(Stage("chosen tests", words, database)).is_good else 1
    if check.main():
        return 1
    # The program runs as a user who may not write here: each of its processes would compile it all anew.
    compileall.compile_dir(tree.PACKAGE, quiet=1)
    outcomes = [run(stage) for stage in stages()]
    print("\n=== summary", *outcomes, sep="\n")
    print(f"{time.monotonic() - started:.0f} s in all")
    passed, failed, skipped = (
        sum(getattr(one, name) for one in outcomes) for name in ("passed", "failed", "skipped")
    )
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
