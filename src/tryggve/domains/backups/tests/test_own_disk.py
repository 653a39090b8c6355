"""A folder on the disk that the data lies on is told from another one, and counts for no copy of it."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.cast import NOW
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.selectors import shown_places
from tryggve.domains.backups.services.places import standing
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.domains.backups.words import overview as words
from tryggve.domains.setup import api as setup
from tryggve.lib import folders

pytestmark = pytest.mark.django_db


@pytest.fixture
def beside() -> Iterator[Path]:
    """Where the data lies."""
    with TemporaryDirectory(dir=folders.current().data) as made:
        yield Path(made).resolve() / "copies"


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Path]:
    """On another file system: memory where the data lies on a disk, or the other way round."""
    with TemporaryDirectory(dir="/dev/shm") as made:
        own = folders.current().data.stat().st_dev
        other = [one for one in (tmp_path, Path(made)) if one.stat().st_dev != own]
        yield other[0].resolve() / "copies"


def test_folder_breaks_with_the_data_or_not(beside: Path, apart: Path) -> None:
    assert (setup.breaks_with_the_data(beside), setup.breaks_with_the_data(apart)) == (True, False)


def test_it_is_looked_at_now_and_then_and_told(beside: Path, apart: Path) -> None:
    one = folder_place(beside, at=NOW, holds_data=True)
    other = folder_place(apart, at=NOW, holds_data=True)
    Place.objects.filter(pk=other.id).update(is_on_own_disk=True)  # it was unmounted once
    standing.look_for_disks(at=NOW)
    found = dict(Place.objects.values_list("pk", "is_on_own_disk"))
    assert found == {one.id: True, other.id: False}

    Place.objects.update(seen_at=NOW)
    told = {shown.id: words.place(shown).state for shown in shown_places.places(now=NOW)}
    assert told == {one.id: "→ On the same disk", other.id: "✓ Can be reached"}
    assert words.spread(shown_places.places(now=NOW)).lines[0][1].startswith("Three copies: 2 can")
