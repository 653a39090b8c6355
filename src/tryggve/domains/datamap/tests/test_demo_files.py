"""What a demo firm has of old files: found by the scan that waits, thrown away with the firm, and only where nothing
else lies."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.domains.datamap import demo
from tryggve.domains.datamap.engine.invented import TEXTS
from tryggve.domains.datamap.models import File, Scan, Source
from tryggve.domains.datamap.services import scans
from tryggve.lib import folders
from tryggve.lib.demonstration import Country, Order

pytestmark = pytest.mark.django_db(transaction=True)
MACHINE = "machine:anna"


@pytest.fixture
def beside() -> Iterator[Path]:
    data = folders.current().data
    yield data.with_name(f"{data.name}-old-files")
    demo.clear(folders.current())


def _order(country: Country = "SE") -> Order:
    return Order(country, 0, [], MACHINE, NOW)


@pytest.mark.parametrize(
    ("country", "number"), [("SE", "SE_PERSONNUMMER"), ("DK", "DK_CPR")], ids=["SE", "DK"]
)
def test_scan_that_waits_finds_what_the_old_files_hold(
    country: Country, number: str, beside: Path, anna: User
) -> None:
    demo.old_files(_order(country))
    scans.run(Scan.objects.get(state=Scan.State.WAITING), now=lambda: NOW)
    rows = File.objects.all()
    assert {kind for row in rows for kind in row.counts} >= {number, "EMAIL", "SPECIAL", "SECRET"}
    assert (rows.filter(is_holding=True).count(), rows.filter(not_scanned="damaged").count()) == (5, 1)


def test_files_are_years_old(beside: Path) -> None:
    demo.old_files(_order())
    [office] = (path for path in beside.iterdir() if path.is_dir())
    ages = {(NOW.timestamp() - path.stat().st_mtime) // 86400 for path in office.iterdir()}
    assert (max(ages), min(ages)) == (2900, 90)


def test_another_demo_begins_with_files_of_its_own(beside: Path) -> None:
    demo.old_files(_order())
    (beside / "letter").write_text("of the first demo")
    demo.clear(folders.current())
    assert not beside.exists()


def test_folder_of_somebody_else_beside_is_left_alone(beside: Path) -> None:
    beside.mkdir()
    (beside / "letter").write_text("Dear Dan")
    demo.old_files(_order())
    demo.clear(folders.current())
    assert (Source.objects.count(), (beside / "letter").read_text()) == (0, "Dear Dan")
    (beside / "letter").unlink()
    beside.rmdir()


def test_texts_are_there_for_each_country() -> None:
    assert set(TEXTS) == {"SE", "DK"}
