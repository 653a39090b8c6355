"""The drills in the process that measures really have: with its limits and its own way to keys and rows."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from tests.cast import CILLA, NOW
from tests.evidence import measured
from tests.retention import keeping
from tryggve import vault
from tryggve.controls import measuring, registry
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.measuring import Turn
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights import package_files
from tryggve.domains.rights.services.drills import planted
from tryggve.domains.setup.models import Firm

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]
_DRILLED = ("DAT-01", "DAT-02", "DAT-03")


@pytest.fixture(autouse=True)
def fresh_index() -> Iterator[None]:
    register_index.forget()
    yield
    register_index.forget()


@pytest.fixture
def company() -> None:
    Firm.objects.create(pk=1, name="Annas Snickeri", country="SE", language="sv", claimed_at=NOW)
    keeping.choose_jobs()
    add(CILLA)
    measured.worked("rights.find-due", "rights.carry-out-erasures", at=NOW - timedelta(hours=3))


def _outcomes(*controls: str) -> dict[str, Outcome]:
    """Each in a process forked for it."""
    turns = [Turn(registry.measures()[control], NOW) for control in controls]
    ours, theirs = os.pipe()
    try:
        found = measuring.outcomes(lambda: turns.pop(0) if turns else None, lifeline=ours)
        return {turn.measure.control: outcome for turn, outcome in found}
    finally:
        os.close(ours)
        os.close(theirs)


def _packages() -> set[Path]:
    folder = package_files.folder()
    return set(folder.iterdir()) if folder.exists() else set()


def test_drills_pass_there_beside_one_another_and_leave_nothing(company: None) -> None:
    newest, packages = vault.keyring().newest_key(), _packages()
    found = _outcomes(*_DRILLED)
    assert {control: one.verdict for control, one in found.items()} == dict.fromkeys(_DRILLED, Verdict.PROVED)
    assert Customer.objects.count() == 1
    assert vault.keyring().newest_key() == newest
    assert _packages() == packages


def test_drill_fails_there_when_the_protection_is_off(company: None) -> None:
    measured.hold_fast("customers_customer")
    try:
        found = _outcomes(*_DRILLED)
    finally:
        measured.mend("customers_customer")
    assert [found[one].facts.get("wrong") for one in _DRILLED] == [None, "still-readable", "still-readable"]


def test_drill_that_is_killed_leaves_a_key_that_opens_nothing_and_is_collected(company: None) -> None:
    newest = vault.keyring().newest_key()
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        with planted.customer(at=NOW):
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    assert Customer.objects.count() == 1

    left = vault.keyring().newest_key()
    assert left is not None
    assert left != newest
    in_two_days = datetime.now(UTC) + timedelta(days=2)
    vault.collect_keys(now=in_two_days, last_deed_at=in_two_days)
    assert vault.keyring().missing([left]) == {left}
