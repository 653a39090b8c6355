"""Whether the computer's disk is encrypted, as the kernel of a made-up computer tells it."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.controls import selectors, services
from tryggve.controls.engine.standing import State
from tryggve.controls.tests import here
from tryggve.domains.setup import computer
from tryggve.domains.setup.tests.made_up import Computer, with_two_disks
from tryggve.lib import folders as folder

pytestmark = pytest.mark.django_db

_OPEN, _ENCRYPTED, _NOBODY_KNOWS = "8:1", "254:1", "9:9"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    made = with_two_disks(tmp_path / "root")
    monkeypatch.setattr(computer, "_ROOT", made.root)
    return made


def _lie(machine: Computer, *, data: str, config: str) -> None:
    """On which disks the firm's two folders lie from now on."""
    there = folder.current()
    machine.mounts(f"{data} {there.data.resolve()} ext4 none", f"{config} {there.config.resolve()} ext4 none")


def _measured(at: datetime = NOW) -> tuple[str, int | None]:
    row = here.measure("CRY-03", at=at)
    return row.verdict or row.cause, row.facts.get("open")


def test_a_disk_in_the_clear_fails_until_it_is_encrypted(machine: Computer) -> None:
    _lie(machine, data=_OPEN, config=_ENCRYPTED)
    assert _measured() == ("FAILING", 1)
    _lie(machine, data=_ENCRYPTED, config=_ENCRYPTED)
    assert _measured() == ("OBSERVED", 0)


def test_the_keys_must_lie_on_an_encrypted_disk_too(machine: Computer) -> None:
    _lie(machine, data=_ENCRYPTED, config=_OPEN)
    assert _measured() == ("FAILING", 1)
    _lie(machine, data=_OPEN, config=_OPEN)
    assert _measured() == ("FAILING", 2)


def test_somebodys_word_makes_no_open_disk_good(machine: Computer, anna: User) -> None:
    _lie(machine, data=_OPEN, config=_OPEN)
    _measured()
    services.attest(control="CRY-03", by=anna, note="", until=None, at=NOW)
    assert _measured() == ("FAILING", 2)
    standing = selectors.protection("CRY-03", now=NOW).standing
    assert (standing.state, standing.disagrees) == (State.FAILING, True)


def test_what_the_kernel_doesnt_tell_is_unknown(machine: Computer) -> None:
    _lie(machine, data=_NOBODY_KNOWS, config=_ENCRYPTED)
    assert _measured() == ("cannot-tell", None)
    machine.tells("proc/self/mountinfo", "")
    assert _measured() == ("cannot-tell", None)


def test_a_virtual_machines_open_disk_is_unknown_and_its_encrypted_one_is_seen(machine: Computer) -> None:
    machine.tells("sys/hypervisor/type", "xen")
    for seen in (_OPEN, _NOBODY_KNOWS):
        _lie(machine, data=seen, config=_ENCRYPTED)
        assert _measured() == ("virtual", None)
    _lie(machine, data=_ENCRYPTED, config=_ENCRYPTED)
    assert _measured() == ("OBSERVED", 0)
