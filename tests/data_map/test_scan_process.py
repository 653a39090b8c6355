"""Scans run in a process of their own, which lets everybody else go before it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import NOW
from tests.data_map import child
from tests.program import until
from tryggve.domains.backups.tests import child as on_database
from tryggve.domains.datamap import source_details, starting
from tryggve.domains.datamap.models import Scan, Source
from tryggve.domains.datamap.services import scans, sources
from tryggve.routines import own_process

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def source(tmp_path: Path) -> Source:
    (tmp_path / "papers").mkdir()
    for number in range(3):
        (tmp_path / "papers" / f"{number}.txt").write_text(f"Ring kund{number}@example.se")
    told = source_details.Told(title="Papper", where=str(tmp_path / "papers"))
    return sources.add_folder(told=told, is_watched=False, actor=child.MACHINE, at=NOW)


@pytest.fixture
def at_work(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is started reaches the database of the tests, and ends with them."""
    for name, value in on_database.environment().items():
        monkeypatch.setenv(name, value)
    yield
    process = own_process._started.pop(starting._PROGRAM, None)
    if process is not None:
        own_process.end(process)


def _ask(source: Source) -> Scan:
    return scans.ask_now(source=source.pk, actor=child.MACHINE, at=NOW)


@pytest.mark.usefixtures("at_work")
def test_what_is_asked_for_is_done_in_a_process_that_leaves_the_turn_free(source: Source) -> None:
    scan = _ask(source)
    starting.start()
    until(lambda: Scan.objects.get(pk=scan.pk).ended_at)
    scan.refresh_from_db()
    assert (scan.state, scan.holding) == ("DONE", 3)
    process = own_process._started[starting._PROGRAM]
    until(lambda: process.poll() is not None)
    with scans.held():
        pass


def test_it_and_its_children_have_processor_and_disk_when_nobody_else_wants_them() -> None:
    """The turn is held, so that it has nothing to do."""
    program = (
        "import django; django.setup(); import os, subprocess; from tryggve.domains.datamap import processes;"
        "processes.run(lifeline=0);"
        "print(os.nice(0), subprocess.run(['ionice'], capture_output=True, text=True).stdout,"
        " subprocess.run(['ionice', '-p', str(os.getpid())], capture_output=True, text=True).stdout)"
    )
    lifeline, held = os.pipe()
    with scans.held():
        told = subprocess.run(
            [sys.executable, "-c", program], env=on_database.environment(), stdin=lifeline,
            capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
    os.close(lifeline)
    os.close(held)
    assert told.stdout.split() == ["19", "idle", "idle"]
