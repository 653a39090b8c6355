"""A day's work with customers, after which they can be read nowhere: not on the disk, nor in anything ever written."""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload

from tests.browser import Visitor
from tests.furnishing import LISTS, claim, confirm, upload
from tests.leftovers import held, trace
from tests.leftovers.readings import readable_in, words_in
from tests.leftovers.spellings import SHORTEST, Needles
from tests.leftovers.trace import FileTrace, TracedProgram, Written
from tests.program import Program
from tools import machine

pytestmark = [pytest.mark.browser, pytest.mark.process]

LIST = LISTS / "doubles.csv"
NOTE = "Likes Monday mornings"
PLANT = """
import os, sys, tempfile
file, name = tempfile.mkstemp(prefix="tryggve-planted-")
os.write(file, sys.argv[1].encode())
os.remove(name)
"""


def _words_of_the_list() -> list[str]:
    """Names, addresses, numbers of some customers: what is long enough to be theirs alone."""
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        sample = file.read()
        rows = list(
            csv.reader(sample.splitlines(), delimiter=";" if sample.count(";") > sample.count(",") else ",")
        )
    cells = {cell.strip() for row in rows[1::23] for cell in row}
    return sorted(cell for cell in cells if len(cell) > SHORTEST and ("@" in cell or " " in cell))


WORDS = [*_words_of_the_list(), NOTE]
NEEDLES = Needles(WORDS)


@dataclass
class Lived:
    """What a day left behind."""

    while_running: dict[str, list[str]]
    after_stop: dict[str, list[str]]
    planted: dict[str, list[str]]
    sessions: list[dict[str, object]]
    jobs: list[held.Job]
    written: Written | None


@pytest.fixture(scope="module")
def lived(browser: Browser) -> Iterator[Lived]:
    """One day, traced where the computer can do it."""
    with tempfile.TemporaryDirectory(prefix="tryggve-trace-") as folder:
        traced = None if trace.lack() else FileTrace(Path(folder))
        program = TracedProgram(traced) if traced else Program()
        try:
            yield _live(browser, program, traced)
        finally:
            program.clear()


def _live(browser: Browser, program: Program, traced: FileTrace | None) -> Lived:
    visitor = Visitor(browser, language="en")
    claim(visitor.page, program.start())
    upload(visitor.page, program, LIST)
    confirm(visitor.page)
    _use_the_register(visitor, program)
    _upload_too_much_for_memory(visitor, program)
    upload(visitor.page, program, LIST)  # and one more that waits for a yes
    if traced:
        subprocess.run([*traced.command, sys.executable, "-c", PLANT, WORDS[0]], check=True)

    while_running = readable_in(program.home, NEEDLES)
    sessions, jobs = held.sessions_of(program), held.jobs_of(program)
    program.stop()
    after_stop = readable_in(program.home, NEEDLES)
    (program.data / "logs" / "planted").write_text(f"left behind: {WORDS[0]}")
    planted = readable_in(program.data / "logs", NEEDLES)
    return Lived(while_running, after_stop, planted, sessions, jobs, traced.ended() if traced else None)


def _use_the_register(visitor: Visitor, program: Program) -> None:
    """Search, look, write, delete, run into an error: all that could leave something behind."""
    page = visitor.page
    page.goto(f"{program.address}/customers/")
    with page.expect_response("**/customers/search/"):
        page.locator("#search-text").press_sequentially("kund00")
    page.click("#search-results a >> nth=0")
    page.wait_for_url("**/customers/*-*/")
    page.click("main .actions a")
    page.fill("[name=note]", NOTE)
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    page.goto(f"{program.address}/customers/not-here/")


def _upload_too_much_for_memory(visitor: Visitor, program: Program) -> None:
    """A list with a long tail of nothing, which is refused once it has been read."""
    visitor.page.goto(f"{program.address}/customers/import/")
    long = LIST.read_bytes() + b"\n" * 4_000_000
    visitor.page.set_input_files(
        "[name=file]", FilePayload(name="long.csv", mimeType="text/csv", buffer=long)
    )
    visitor.page.click("main form button[type=submit]")
    visitor.page.wait_for_selector(".field-error")


def test_customers_are_readable_nowhere_on_the_disk(lived: Lived) -> None:
    assert len(WORDS) > 40
    assert (lived.while_running, lived.after_stop) == ({}, {})
    assert lived.planted == {"planted": [WORDS[0]]}


def test_sessions_and_jobs_of_the_day_hold_ids_and_codes_only(lived: Lived) -> None:
    assert (len(lived.sessions), len(lived.jobs)) == (1, 1)
    assert [fault for session in lived.sessions for fault in held.faults_of_session(session)] == []
    assert [fault for job in lived.jobs for fault in held.faults_of_job(job)] == []


@pytest.mark.skipif(bool(trace.lack()) and not machine.is_ci(), reason=trace.lack())
def test_nothing_of_customers_was_ever_written_to_a_file(lived: Lived) -> None:
    written = lived.written
    assert written is not None, trace.lack()
    if os.getuid() == 0:  # others can't look into the keeper of the keys
        assert written.blind == set()
    [(planted, words)] = written.readable(NEEDLES).items()

    # The large upload went to the disk, sealed.
    incoming = [content for name, content in written.files.items() if "/data/files/incoming/" in name]
    assert [len(content) > 4_000_000 for content in incoming] == [True]
    # The trace reached the server's and the worker's files, and tells names: it saw the pages with them.
    assert {Path(name).name for name in written.names} >= {
        "tryggve.sqlite3-wal",
        "keys.sqlite3",
        "server.log",
    }
    assert words_in(bytes(written.elsewhere), Needles(WORDS[:5])) == WORDS[:5]
    assert (Path(planted).name.startswith("tryggve-planted-"), words) == (True, [WORDS[0]])
    assert {(call, Path(name).name) for call, name in written.unseen} == {("mmap", "tryggve.sqlite3-shm")}
