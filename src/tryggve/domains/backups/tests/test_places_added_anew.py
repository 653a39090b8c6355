"""A place that was taken away comes back as a new one: what lies there is the new one's."""

from pathlib import Path

import pytest

from tryggve.domains.backups.models import Copy
from tryggve.domains.backups.selectors import places as selectors
from tryggve.domains.backups.services import places
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.added_places import add, disk, short_patience
from tryggve.domains.backups.tests.here import tidy

__all__ = ["disk", "short_patience", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("kind", ["RCLONE", "FOLDER"])
def test_place_that_was_taken_away_and_added_anew_keeps_its_keys_old_and_new(
    disk: Path, tidy: None, kind: str
) -> None:
    fields = {
        "RCLONE": {"remote": "far", "path": str(disk), "config": "[far]\ntype = local\n"},
        "FOLDER": {"path": str(disk)},
    }[kind]
    first = add(kind, fields, keys=True)
    here.taken()
    places.remove(place=first.id, actor="system", at=here.now())
    again = add(kind, fields, keys=True)
    here.taken()
    assert len(here.keys_of(selectors.one(again.id)).snapshots()) == 2
    assert set(Copy.objects.filter(forgotten_at=None).values_list("place", flat=True)) == {again.id}
    assert not selectors.rows_removed_with_keys().exists()


def test_place_that_lies_where_one_lay_is_not_cleared_in_its_stead(disk: Path, tidy: None) -> None:
    """Of the one that was removed a copy is noted that nobody finds there any more."""
    first = add("FOLDER", {"path": str(disk)}, keys=True)
    here.taken()
    places.remove(place=first.id, actor="system", at=here.now())
    again = add("FOLDER", {"path": str(disk)}, keys=True)
    Copy.objects.update(place=first.id, snapshot="0" * 64)
    here.taken()
    here.taken()
    assert here.keys_of(selectors.one(again.id)).snapshots() != []
