"""After a scan neither what stands in files, nor where they lie, is readable in tables or in Tryggve's own files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.cast import NOW
from tests.leftovers.readings import words_in
from tests.leftovers.spellings import Needles
from tryggve.domains.datamap import source_details
from tryggve.domains.datamap.models import File, SafeCopy
from tryggve.domains.datamap.services import deleting, exact_files, scans, sources
from tryggve.domains.datamap.services.reviewing import review
from tryggve.domains.datamap.tests.mapped import MACHINE
from tryggve.lib import folders

pytestmark = [pytest.mark.django_db(transaction=True)]
_VALUES = [
    "markerad.kund@example.se",
    "19811218-9876",
    "Mässlistan från Älvsjö",
    "Pärmen i källaren",
    "Bokföringslagen kräver det",
]
NEEDLES = Needles(_VALUES)


@pytest.fixture
def scanned(tmp_path: Path) -> list[File]:
    place = tmp_path / "Pärmen i källaren"
    place.mkdir()
    (place / "Mässlistan från Älvsjö.csv").write_text(
        "Namn;E-post;Personnummer\nKim;" + ";".join(_VALUES[:2]) + "\n"
    )
    (place / "två.csv").write_text("E-post\n" + _VALUES[0] + "\n")
    told = source_details.Told(title="Pärmen i källaren", where=str(place))
    source = sources.add_folder(told=told, is_watched=True, actor=MACHINE, at=NOW)
    scans.run(scans.ask_now(source=source.pk, actor=MACHINE, at=NOW), now=lambda: NOW)
    return list(File.objects.filter(is_holding=True))


def _in_tables() -> Iterator[bytes]:
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            for value in row:
                yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _in_files() -> Iterator[bytes]:
    where = folders.current()
    for path in where.data.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def _found() -> list[str]:
    return sorted({word for some in (*_in_tables(), *_in_files()) for word in words_in(some, NEEDLES)})


def test_search_would_find_them(scanned: list[File]) -> None:
    File.objects.filter(pk=scanned[0].pk).update(format="x", place_sealed=_VALUES[2].encode())
    assert _found() != []


def test_nothing_of_files_is_readable_afterwards(scanned: list[File]) -> None:
    assert len(scanned) == 2
    first, second = scanned
    assert exact_files.on_disk(first.pk)[1].path
    deleting.delete(file=first.pk, actor=MACHINE, at=NOW)
    review(file=second.pk, reason=_VALUES[4], actor=MACHINE, at=NOW)
    assert SafeCopy.objects.exists()
    assert _found() == []
