"""A day's work with customers, after which they can be read nowhere: not on the disk, nor in anything ever written."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser

from tests.browser import Visitor
from tests.leftovers import held, told, trace
from tests.leftovers.day import large_picture
from tests.leftovers.day_with_lists import DayWithLists, long_list
from tests.leftovers.readings import readable_in, words_in
from tests.leftovers.spellings import Needles
from tests.leftovers.trace import FileTrace, TracedProgram, Written
from tests.leftovers.words import WORDS
from tests.program import Program
from tools import machine
from tryggve.domains.customers import urls

pytestmark = [pytest.mark.browser, pytest.mark.process]

NEEDLES = Needles(WORDS)
PLANT = """
import os, sys, tempfile
file, name = tempfile.mkstemp(prefix="tryggve-planted-")
os.write(file, sys.argv[1].encode())
os.remove(name)
"""
# The trace sees what the server answers, not what it is sent.
TOLD_ON_PAGES = [told.FIRM, told.CHANGED_NOTE, told.SENSITIVE_ANSWER, told.SENTENCE, told.VIEW, WORDS[0]]
# For programs of the firm's own, which come with a key and no browser.
NO_PAGES = {"api-list", "api-customer"}
KEPT_BY_BROWSER = "JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])"


@dataclass
class Lived:
    """What a day left behind."""

    while_running: dict[str, list[str]]
    after_stop: dict[str, list[str]]
    planted: dict[str, list[str]]
    sessions: list[dict[str, object]]
    jobs: list[held.Job]
    addresses: set[str]
    kept_by_browser: str
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
    day = DayWithLists(Visitor(browser, language="en"), program)
    _use_the_register(day)
    day.bring_in_all()
    if traced:
        subprocess.run([*traced.command, sys.executable, "-c", PLANT, WORDS[0]], check=True)

    while_running = readable_in(program.home, NEEDLES)
    sessions, jobs = held.sessions_of(program), held.jobs_of(program)
    kept_by_browser = day.page.evaluate(KEPT_BY_BROWSER)
    program.stop()
    after_stop = readable_in(program.home, NEEDLES)
    (program.data / "logs" / "planted").write_text(f"left behind: {WORDS[0]}")
    planted = readable_in(program.data / "logs", NEEDLES)
    written = traced.ended() if traced else None
    return Lived(while_running, after_stop, planted, sessions, jobs, day.addresses, kept_by_browser, written)


def _use_the_register(day: DayWithLists) -> None:
    """Write, look, search, take out, delete, run into an error: all that could leave something behind."""
    day.add_fields()
    firm = day.add(
        name=told.FIRM, emails=told.FIRM_EMAIL, phones=told.FIRM_PHONE, tags=told.TAG, source=told.SOURCE,
        street_0=told.FIRM_STREET,
    )  # fmt: skip
    person = day.add(name=told.PERSON, emails=told.PERSON_EMAIL, tags=told.TAG)
    double = day.add(name=told.DOUBLE, emails=told.DOUBLE_EMAIL)
    day.change(firm)
    day.write_notes(firm)
    day.add_documents(firm)
    day.keep_sensitive(person)
    day.relate(firm)
    day.keep_a_view()
    day.search()
    day.export("", "csv")
    day.export("", "xlsx")
    day.merge(person)
    day.delete(double, told.DOUBLE)
    day.open("/customers/not-here/")


def _page_name(address: str) -> str:
    """The register's own name of the page there; empty for other pages."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return found.url_name or "" if found.namespace == "customers" else ""


def test_customers_are_readable_nowhere_on_the_disk(lived: Lived) -> None:
    assert len(WORDS) > 100
    assert (lived.while_running, lived.after_stop) == ({}, {})
    assert lived.planted == {"planted": [WORDS[0]]}


def test_day_came_to_every_page_of_the_register(lived: Lived) -> None:
    assert {_page_name(address) for address in lived.addresses} - {""} == {
        pattern.name for pattern in urls.urlpatterns
    } - NO_PAGES


def test_no_address_and_nothing_that_the_browser_keeps_names_anything_of_a_customer(lived: Lived) -> None:
    assert [address for address in sorted(lived.addresses) if words_in(address.encode(), NEEDLES)] == []
    assert words_in(lived.kept_by_browser.encode(), NEEDLES) == []


def test_sessions_and_jobs_of_the_day_hold_ids_and_codes_only(lived: Lived) -> None:
    # Five lists brought in, one of them taken back; beside them whatever was measured anew.
    lists = [job for job in lived.jobs if ".customers." in job["task_path"]]
    assert (len(lived.sessions), len(lists)) == (1, 6)
    assert [fault for session in lived.sessions for fault in held.faults_of_session(session)] == []
    assert [fault for job in lived.jobs for fault in held.faults_of_job(job)] == []


@pytest.mark.skipif(bool(trace.lack()) and not machine.is_ci(), reason=trace.lack())
def test_nothing_of_customers_was_ever_written_to_a_file(lived: Lived) -> None:
    written = lived.written
    assert written is not None, trace.lack()
    if os.getuid() == 0:  # others can't look into the keeper of the keys
        assert written.blind == set()
    [(planted, words)] = written.readable(NEEDLES).items()

    # The large picture and the large list went to the disk, sealed; a file without a name is told by its number on the
    # disk, which the next one may get once it is gone.
    incoming = [content for name, content in written.files.items() if "/data/files/incoming/" in name]
    assert sum(map(len, incoming)) > len(large_picture()) + len(long_list())
    # The trace reached the server's and the worker's files, and tells names: it saw the pages with them.
    assert {Path(name).name for name in written.names} >= {
        "tryggve.sqlite3-wal",
        "keys.sqlite3",
        "server.log",
    }
    assert set(words_in(bytes(written.elsewhere), Needles(TOLD_ON_PAGES))) == set(TOLD_ON_PAGES)
    assert (Path(planted).name.startswith("tryggve-planted-"), words) == (True, [WORDS[0]])
    assert {(call, Path(name).name) for call, name in written.unseen} == {("mmap", "tryggve.sqlite3-shm")}
