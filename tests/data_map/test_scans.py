"""A folder is looked through: what is found is kept, what is unchanged is passed over, what is gone is let go of."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import CILLA, NOW
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.datamap import source_details
from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.models import File, SafeCopy, Scan, Source
from tryggve.domains.datamap.selectors import overview, receipts, shown_files, ties
from tryggve.domains.datamap.selectors.ages import Age
from tryggve.domains.datamap.services import deleting, exact_files, scans, sources
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)
ANNA = f"user:{new_id()}"
_LATER = NOW + timedelta(days=1)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with a list, a letter and a picture of nothing."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "kunder.csv").write_text("Namn;E-post\nBo Dahl;bo@example.se\nAda Lund;ada@example.se\n")
    (folder / "brev.txt").write_text("Hej! Ring Cilla Åkerström på 070-174 06 05.\n")
    (folder / "tomt.txt").write_text("Ingenting om någon.\n")
    return folder


@pytest.fixture
def source(papers: Path) -> Source:
    told = source_details.Told(title="Papper", where=str(papers))
    return sources.add_folder(told=told, is_watched=False, actor=ANNA, at=NOW)


def _scan(source: Source) -> Scan:
    scan = scans.ask(source=source.pk, why=Scan.Why.ASKED, actor=ANNA, at=NOW)
    return scans.run(scan, now=lambda: NOW)


def _paths() -> dict[str, File]:
    rows = shown_files.with_places(list(File.objects.exclude(state=File.State.GONE)))
    return {Path(one.place.path).name: one.row for one in rows if one.place}


def test_what_lies_in_a_folder_is_found(source: Source) -> None:
    scan = _scan(source)
    assert (scan.state, scan.files, scan.files_read, scan.holding) == ("DONE", 3, 3, 2)
    rows = _paths()
    assert (rows["kunder.csv"].counts["EMAIL"], rows["kunder.csv"].persons) == (2, 2)
    assert not rows["tomt.txt"].is_holding
    assert b"example" not in bytes(rows["kunder.csv"].found_sealed or b"")


def test_second_scan_reads_only_what_changed(source: Source, papers: Path) -> None:
    _scan(source)
    (papers / "tomt.txt").write_text("Nu står bo@example.se här.\n")
    os.utime(papers / "brev.txt", ns=(1, 1))
    (papers / "kunder.csv").unlink()
    scan = _scan(source)
    assert (scan.files, scan.files_read, scan.holding) == (2, 1, 2)
    assert set(_paths()) == {"brev.txt", "tomt.txt"}
    assert _scan(source).files_read == 0


def test_file_is_tied_to_the_customer_whom_it_names(source: Source) -> None:
    [cilla] = add(CILLA)
    _scan(source)
    named = ties.named_in(cilla)
    assert [Path(one.path).name for one in named] == ["brev.txt"]


def test_deleted_file_leaves_a_receipt_and_can_be_had_back(source: Source, papers: Path) -> None:
    _scan(source)
    before = (papers / "kunder.csv").read_bytes()
    copy = deleting.delete(file=_paths()["kunder.csv"].pk, actor=ANNA, at=NOW)
    assert not (papers / "kunder.csv").exists()
    told = receipts.receipt(copy.pk)
    assert told.place is not None
    assert (told.place.path, told.row.persons) == (str(papers / "kunder.csv"), 2)
    deleting.have_back(copy=copy.pk, actor=ANNA, at=_LATER)
    assert (papers / "kunder.csv").read_bytes() == before
    assert SafeCopy.objects.get().state == "BACK"


def test_changed_file_is_not_deleted(source: Source, papers: Path) -> None:
    _scan(source)
    (papers / "kunder.csv").write_text("Something else\n")
    with pytest.raises(exact_files.Changed):
        deleting.delete(file=_paths()["kunder.csv"].pk, actor=ANNA, at=NOW)
    assert (papers / "kunder.csv").exists()


def test_map_counts_places_files_and_kinds(source: Source) -> None:
    _scan(source)
    shown = overview.the_map(at=NOW)
    assert (shown.places, shown.files, shown.not_scanned) == (1, 2, 0)
    assert shown.cells[Kind.EMAIL, Age.YEAR] == 1
