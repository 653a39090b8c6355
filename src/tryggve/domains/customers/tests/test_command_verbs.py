"""``customers list|export|merge`` in this process."""

import json
import stat
from datetime import timedelta
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from tests import commands
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import User
from tryggve.audit import details as sealed_words
from tryggve.audit.models import Entry
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.management.verbs.export import NotWritten
from tryggve.domains.customers.management.verbs.merge import NoSuchCard, NotConfirmed
from tryggve.domains.customers.models import Customer, Merge
from tryggve.domains.customers.services import export, records
from tryggve.domains.customers.services.merges import SameCard
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_in_its_place")]
WHY = ("--reason", "Christmas cards")


def _run(*words: str) -> tuple[int, str]:
    return commands.run("customers", "customers", *words)


def _json(*words: str) -> Any:
    return json.loads(_run(*words, "--json")[1])


def test_list_shows_everybody_by_name() -> None:
    cilla, dan = add(DAN, CILLA)[::-1]
    status, text = _run("list")
    assert (status, text) == (0, f"{cilla}  {CILLA.name}\n{dan}  {DAN.name}\nPage 1 of 1.\n")


def test_list_as_json_tells_the_page_and_how_many() -> None:
    add(CILLA)
    told = _json("list", "--page", "7")
    assert (told["page"], told["pages"], told["count"]) == (1, 1, 1)
    assert told["customers"][0]["emails"] == ["cilla@example.se"]


def test_list_is_filtered() -> None:
    add(CILLA, DAN, Details(kind="organisation", name="Coop"))
    names = {
        words: [one["name"] for one in _json("list", *words)["customers"]]
        for words in (
            ("--tag", "VIP"),
            ("--kind", "organisation"),
            ("--lacking", "email"),
            ("--status", "former"),
        )
    }
    assert list(names.values()) == [[CILLA.name], ["Coop"], ["Coop"], []]
    assert _run("list", "--status", "former") == (1, "Nobody found.\n")


def test_list_is_in_the_order_asked_for() -> None:
    for days, one in enumerate((DAN, Details(name="Bo"), CILLA)):
        records.add_customer(details=one, actor=MACHINE, at=NOW + timedelta(days=days))
    for order, names in (("name", ["Bo", CILLA.name, DAN.name]), ("newest", [CILLA.name, "Bo", DAN.name])):
        told = _json("list", "--order", order)["customers"]
        assert (order, [one["name"] for one in told]) == (order, names)


@pytest.mark.parametrize("format", ["csv", "xlsx", "vcard"])
def test_export_writes_a_file_for_its_owner_alone(tmp_path: Path, format: str) -> None:
    add(CILLA, DAN)
    before, file = in_force(), tmp_path / "out"
    status, text = _run("export", str(file), *WHY, "--format", format)
    assert (status, text) == (0, f"2 customers were written to {file}. The file isn't encrypted.\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    result = bring_in(file.read_bytes())
    assert (result.created, result.updated, in_force()) == (0, 0, before)
    assert Entry.objects.get(action="customers.exported").facts == {
        "count": 2,
        "format": format,
        "view": "all",
    }


def test_export_writes_over_no_file(tmp_path: Path) -> None:
    add(CILLA)
    file = tmp_path / "out.csv"
    file.write_text("mine")
    with pytest.raises(NotWritten, match="Nothing was written over"):
        _run("export", str(file), *WHY)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotWritten):
        _run("export", str(tmp_path / "link"), *WHY)
    assert (file.read_text(), Entry.objects.filter(action="customers.exported").count()) == ("mine", 0)


def test_export_to_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    add(CILLA)
    with pytest.raises(NotWritten, match="No file was left"):
        _run("export", str(tmp_path / "none" / "out.csv"), *WHY)


def test_export_that_breaks_off_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: export.Export) -> Any:
        yield b"half"
        raise ZeroDivisionError

    add(CILLA)
    monkeypatch.setattr(export.Export, "pieces", broken)
    with pytest.raises(ZeroDivisionError):
        _run("export", str(tmp_path / "out.csv"), *WHY)
    assert list(tmp_path.iterdir()) == []


def test_export_as_json_tells_the_counts(tmp_path: Path) -> None:
    add(CILLA)
    told = _json("export", str(tmp_path / "out.vcf"), *WHY, "--format", "vcard")
    assert told == {"count": 1, "unread": 0, "format": "vcard"}


@pytest.mark.parametrize("why", [(), ("--reason", " ")])
def test_export_without_a_reason_is_refused_and_leaves_no_file(tmp_path: Path, why: tuple[str, ...]) -> None:
    add(CILLA)
    with pytest.raises(export.NoReason, match="Say why they leave"):
        _run("export", str(tmp_path / "out.csv"), *why)
    assert list(tmp_path.iterdir()) == []
    assert not Entry.objects.filter(action="customers.exported").exists()


def test_reason_of_an_export_comes_from_standard_input(
    tmp_path: Path, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(CILLA)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO("åt tryckeriet\n".encode()), encoding="utf-8"))
    assert _run("export", str(tmp_path / "out.csv"), "--reason", "-")[0] == 0
    entry = Entry.objects.get(action="customers.exported")
    assert sealed_words.told([entry])[entry.pk].words == {"reason": "åt tryckeriet"}


def test_export_of_nobody_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(export.NobodyToExport):
        _run("export", str(tmp_path / "out.csv"), *WHY)
    assert list(tmp_path.iterdir()) == []


def test_merge_makes_two_cards_one() -> None:
    kept, gone = map(str, add(CILLA, DAN))
    status, text = _run("merge", kept, gone, "--yes")
    assert (status, "E-mail: cilla@example.se, dan@example.dk" in text) == (0, True)
    assert (list(in_force()), Merge.objects.count()) == ([CILLA.name], 1)


def test_dry_run_of_a_merge_changes_nothing() -> None:
    kept, gone = map(str, add(CILLA, DAN))
    status, text = _run("merge", kept, gone, "--dry-run")
    assert (status, text.splitlines()[-1]) == (0, "This is what would happen; nothing was changed.")
    told = _json("merge", kept, gone, "--dry-run")
    assert (told["merge"], told["parts"][1]["name"]) == (None, "name")
    assert (len(in_force()), Merge.objects.count()) == (2, 0)


@pytest.mark.parametrize(("typed", "left"), [("yes\n", 1), ("no\n", 2), ("", 2)])
def test_merge_asks_first(monkeypatch: pytest.MonkeyPatch, typed: str, left: int) -> None:
    kept, gone = map(str, add(CILLA, DAN))
    monkeypatch.setattr("sys.stdin", StringIO(typed))
    if left == 2:
        with pytest.raises(NotConfirmed):
            _run("merge", kept, gone)
    else:
        _run("merge", kept, gone)
    assert Customer.objects.filter(state=Customer.State.ACTIVE).count() == left


def test_merge_of_one_card_or_of_nobody_is_refused() -> None:
    [cilla] = map(str, add(CILLA))
    with pytest.raises(SameCard):
        _run("merge", cilla, cilla, "--yes")
    with pytest.raises(NoSuchCard):
        _run("merge", cilla, "01a201e6-a5d0-7a27-a58f-41d308402a13", "--yes")
