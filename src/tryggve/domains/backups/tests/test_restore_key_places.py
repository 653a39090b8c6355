"""Keys lie in several places: whichever is named, the newest copy of all is put back, and who is silent is told."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.program import Program
from tryggve.domains.backups.tests import lost_firm
from tryggve.domains.backups.tests.lost_firm import LostFirm

pytestmark = pytest.mark.process
_SAFE = """
from tryggve.domains.backups import place_access, place_marks
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_access import Access

folder = Path({folder!r})
folder.mkdir()
access = Access(str(folder), keys_password="keys of the safe")
row = Place.objects.create(
    kind="FOLDER", title="Disk in the safe", holds_data=False, holds_keys=True, added_at=now,
    access_sealed=place_access.sealed(access), country="SE",
)
place_marks.write(folder, row.pk)
access.keys().make()
"""


@pytest.fixture(scope="module")
def lost() -> Iterator[LostFirm]:
    """A customer was erased while only the safe could be reached; then the computer was lost."""
    made = LostFirm()
    away = made.folder / "away"
    try:
        made.python(_SAFE.format(folder=str(made.folder / "safe")))
        made.back_up()
        made.near.rename(away)
        made.erase_one()
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


def _restored(bare: Program, lost: LostFirm) -> tuple[dict[str, Any], str]:
    typed = "".join(f"{one}\n" for one in lost.shares[:2])
    words = ("restore", "-", "--keys-place", str(lost.near), "--yes", "--json")
    done = lost_firm.run(bare, *words, given=typed)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout), done.stderr


def test_newer_keys_of_another_place_are_taken(lost: LostFirm, bare: Program) -> None:
    answer, said = _restored(bare, lost)
    assert ("«Disk in the safe» holds a newer copy of the keys" in said, answer["erased_again"]) == (True, 1)
    found = lost_firm.customers_in(bare)
    assert ("Cilla Karlsson" in found, "Erasa" in found) == (True, False)


def test_pair_is_due_at_once_after_a_restore(lost: LostFirm, bare: Program) -> None:
    """Though one came to a good end on the same day: nothing of this computer lies anywhere yet."""
    _restored(bare, lost)
    last = json.loads(bare.run("backup", "status", "--json").stdout)["last"]
    assert (last["state"], last["why"]) == ("WAITING", "ASKED")


def test_place_with_keys_that_does_not_answer_is_told(lost: LostFirm, bare: Program) -> None:
    safe = lost.folder / "safe"
    safe.rename(lost.folder / "away")
    try:
        answer, said = _restored(bare, lost)
    finally:
        (lost.folder / "away").rename(safe)
    assert "«Disk in the safe» should hold keys, too, and can't be asked" in said
    assert answer["erased_again"] == 0
