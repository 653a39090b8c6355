"""Copies that don't belong together: keys older than the data, data older than the keys, what waited in the copy."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.program import Program
from tryggve.domains.backups.restic import Place, Repository
from tryggve.domains.backups.tests import lost_firm
from tryggve.domains.backups.tests.lost_firm import LostFirm

pytestmark = pytest.mark.process
_WAITING = """
from tryggve.notices.models import OutboxMessage
from tryggve.domains.backups.services import folders
OutboxMessage.objects.create(kind="x", recipient_ref="user:1", body_sealed=b"x", made_at=now, next_try_at=now)
folders.add(told={own!r}, actor="machine:test", at=now)
"""
_STATES = """
from tryggve.notices.models import OutboxMessage
Path({to!r}).write_text(json.dumps(list(OutboxMessage.objects.values_list("state", "error"))))
"""


@pytest.fixture(scope="module")
def lost() -> Iterator[LostFirm]:
    """Its place with keys was away when the second backup was taken, after another customer had come."""
    made = LostFirm()
    own, away = made.folder / "bookkeeping", made.folder / "carried away"
    try:
        own.mkdir()
        (own / "2026.txt").write_text("income and expenses")
        made.python(_WAITING.format(own=str(own)))
        made.back_up()
        made.near.rename(away)
        assert made.program.run("customers", "import", "-", given=b"name\nEva Eriksson\n").returncode == 0
        assert lost_firm.run(made.program, "backup", "run").returncode == 1
        away.rename(made.near)
        made.lose()
        yield made
    finally:
        made.clear()


@pytest.fixture
def bare() -> Iterator[Program]:
    made = Program()
    yield made
    made.clear()


def _restored(bare: Program, lost: LostFirm, *words: str) -> tuple[dict[str, Any], str]:
    typed = "".join(f"{one}\n" for one in lost.shares[:2])
    done = lost_firm.run(
        bare, "restore", "-", "--keys-place", str(lost.near), "--yes", "--json", *words, given=typed
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout), done.stderr


def test_keys_that_are_older_than_the_data_are_loud_and_counted(lost: LostFirm, bare: Program) -> None:
    answer, said = _restored(bare, lost)
    assert (answer["customers_unopened"], "is OLDER than the data" in said) == (1, True)
    found = [bare.run("customers", "find", name).stdout for name in ("cilla", "eva")]
    assert (b"Cilla Karlsson" in found[0], b"Eva" in found[1]) == (True, False)


def test_older_copy_brings_what_was_there_then_and_holds_what_waited(
    lost: LostFirm, bare: Program, tmp_path: Path
) -> None:
    repository = Repository(Place(str(lost.far / "tryggve-data")), "data Far place", tmp_path)
    older = repository.snapshots(tags=["data"])[0].id
    own = bare.home / "own"
    answer, said = _restored(bare, lost, "--snapshot", older[:10], "--folders-to", str(own))
    assert (answer["customers_unopened"], "is OLDER than the data" in said) == (0, False)
    assert answer["held"]["mail"] == 1
    to = bare.home / "states"
    bare.run_python(lost_firm.BEGIN + _STATES.format(to=str(to)))
    assert json.loads(to.read_text()) == [["GIVEN_UP", "restored"]]
    assert [path.read_text() for path in own.rglob("*.txt")] == ["income and expenses"]


def test_day_before_the_first_copy_is_told(lost: LostFirm, bare: Program) -> None:
    typed = "".join(f"{one}\n" for one in lost.shares[:2])
    words = ("restore", "-", "--keys-place", str(lost.near), "--yes", "--at", "2001-02-03")
    done = lost_firm.run(bare, *words, given=typed)
    assert (done.returncode, "There is no copy of the data of then" in done.stderr) == (2, True)
