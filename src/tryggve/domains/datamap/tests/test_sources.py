"""Places are changed, taken away and destroyed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import NOW
from tryggve import vault
from tryggve.audit.models import Entry
from tryggve.domains.datamap import index_file, known, sealing, source_details
from tryggve.domains.datamap.models import File, Source
from tryggve.domains.datamap.services import scans, sources
from tryggve.domains.datamap.tests import mapped

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def disk(tmp_path: Path) -> Source:
    return mapped.folder(tmp_path / "disk")


def _change(disk: Source, **other: Any) -> source_details.Told:
    new = replace(source_details.opened(disk), **other)
    sources.change(source=disk.pk, told=new, is_watched=True, actor=mapped.MACHINE, at=NOW)
    return source_details.opened(sources.known_source(disk.pk))


def _scanned(disk: Source) -> list[str]:
    scans.run(scans.ask_now(source=disk.pk, actor=mapped.MACHINE, at=NOW), now=lambda: NOW)
    rows = File.objects.select_related("source").exclude(state=File.State.GONE)
    return sorted(Path(known.place_of(row).path).name for row in rows)


def test_changed_patterns_hold_from_the_next_scan(disk: Source, tmp_path: Path) -> None:
    for name in ("a.csv", "b.txt", "c.txt"):
        (tmp_path / "disk" / name).write_text("ada@example.se")
    assert _scanned(disk) == ["a.csv", "b.txt", "c.txt"]
    assert _change(disk, title="Ny", leave_out=["c.*"]).title == "Ny"
    assert _scanned(disk) == ["a.csv", "b.txt"]
    _change(disk, look_at=["*.csv"])
    assert _scanned(disk) == ["a.csv"]
    assert Source.objects.get().is_watched
    entries = Entry.objects.filter(action="datamap.source-changed")
    assert [set(entry.facts) for entry in entries] == [{"source"}] * 2


def test_page_changes_a_folder_but_not_where_it_lies(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    page = f"/protection/data-map/places/{disk.pk}/change/"
    assert "Old disk" in as_anna.get(page).content.decode()
    fields = {
        "title": "Ny disk",
        "leave_out": "*.iso\n\n Pictures/* ",
        "look_at": "*.csv",
        "is_watched": "on",
    }
    assert as_anna.post(page, fields | {"where": "/etc"}).status_code == 302
    told = source_details.opened(sources.known_source(disk.pk))
    assert (told.title, told.where) == ("Ny disk", str(tmp_path / "disk"))
    assert (list(told.leave_out), list(told.look_at)) == (["*.iso", "Pictures/*"], ["*.csv"])


def test_place_that_was_taken_away_is_not_changed(disk: Source) -> None:
    sources.remove(source=disk.pk, actor=mapped.MACHINE, at=NOW)
    with pytest.raises(sources.NoSuchSource):
        _change(disk)


def test_same_place_is_added_once(disk: Source, tmp_path: Path) -> None:
    with pytest.raises(sources.AddedAlready):
        mapped.folder(tmp_path / "disk")


@pytest.mark.parametrize("where", ["relative", "/no/such/folder", "/etc/hostname"])
def test_only_a_folder_that_is_there_is_added(where: str) -> None:
    told = source_details.Told(title="X", where=where)
    with pytest.raises(sources.NothingThere):
        sources.add_folder(told=told, is_watched=False, actor=mapped.MACHINE, at=NOW)


def test_month_after_it_was_taken_away_nothing_of_it_is_readable(disk: Source, tmp_path: Path) -> None:
    mapped.lying(disk, tmp_path / "disk/a.csv", mapped.people(range(2)))
    sealed = bytes(disk.told_sealed)
    sources.remove(source=disk.pk, actor=mapped.MACHINE, at=NOW)
    assert sources.destroy_removed(at=NOW + timedelta(days=29)) == 0
    assert sources.destroy_removed(at=NOW + timedelta(days=30)) == 1
    assert (Source.objects.count(), File.objects.count(), index_file.tags()) == (0, 0, set())
    with pytest.raises(vault.KeyGone):
        vault.keyring().open(sealed, bound_to=sealing.source_binding(disk.pk))
