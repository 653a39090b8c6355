"""``audit new-signing-key``: only for a lost key, and only when the person has typed which."""

import io
import sys

import pytest

from tests import commands
from tests.cast import NOW
from tryggve.audit import actors, checkpoint_files, checkpoints, signing_refusals
from tryggve.audit.models import Entry
from tryggve.audit.tests import logs
from tryggve.domains.access.management.commands import audit as command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_in_its_place")]


def _run(monkeypatch: pytest.MonkeyPatch, typed: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return commands.run("access", "audit", "new-signing-key")


@pytest.fixture
def lost() -> str:
    """The number of the key that is lost."""
    checkpoints.sign(now=NOW)
    (logs.folder() / "signing-key").unlink()
    return checkpoint_files.keys()[0].id.hex()


def test_lost_key_is_replaced_when_its_number_is_typed(monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    status, out = _run(monkeypatch, f"{lost}\n")
    old, new = checkpoint_files.keys()
    entry = Entry.objects.get(action="audit.signing-key-replaced")
    assert (status, entry.actor, old.id.hex()) == (0, actors.this_account(), lost)
    assert checkpoints.opened(out.encode()).signed_by == (new,)


@pytest.mark.parametrize("typed", ["", "\n", "yes\n"])
def test_key_is_not_replaced_when_anything_else_is_typed(
    monkeypatch: pytest.MonkeyPatch, lost: str, typed: str
) -> None:
    before = logs.written(), logs.recorded()
    with pytest.raises(command.NotConfirmed):
        _run(monkeypatch, typed)
    assert (logs.written(), logs.recorded()) == before


def test_key_that_is_there_is_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoints.sign(now=NOW)
    number = checkpoint_files.keys()[0].id.hex()
    with pytest.raises(signing_refusals.KeyAtHand):
        _run(monkeypatch, f"{number}\n")


def test_verify_tells_of_the_new_key_in_words(monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    _run(monkeypatch, f"{lost}\n")
    entry = Entry.objects.get(action="audit.signing-key-replaced")
    told = [
        line
        for line in commands.run("access", "audit", "verify")[1].splitlines()
        if line.startswith(f"Since entry {entry.pk:,}, of ")
    ]
    assert len(told) == 1
    assert told[0].endswith(f"The new key: {entry.facts['key']}")
