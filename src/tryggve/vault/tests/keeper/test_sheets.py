from datetime import UTC, datetime

import pytest

from tryggve.vault.keeper.sheets import HELD_SECONDS, SheetGone, Sheets
from tryggve.vault.recovery import Kit
from tryggve.vault.tests.keeper.test_attempts import Clock

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
ANNA, MALLORY = "user:anna", "user:mallory"
KIT = Kit(4, NOW, (("anna", "bo"), ("cilla", "dan"), ("karin", "mallory")))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sheets(clock: Clock) -> Sheets:
    held = Sheets(clock)
    held.hold(KIT, by=ANNA)
    return held


def test_sheet_is_shown_until_it_is_put_away_and_then_the_next(sheets: Sheets) -> None:
    assert sheets.sheet(number=4, share=1, by=ANNA) == {"made_at": NOW.isoformat(), "words": ["anna", "bo"]}
    assert sheets.sheet(number=4, share=1, by=ANNA)["words"] == ["anna", "bo"]
    for too_early in (2, 3):
        with pytest.raises(SheetGone):
            sheets.sheet(number=4, share=too_early, by=ANNA)
    sheets.put_away(number=4, share=1, by=ANNA)
    with pytest.raises(SheetGone):
        sheets.sheet(number=4, share=1, by=ANNA)
    assert sheets.sheet(number=4, share=2, by=ANNA)["words"] == ["cilla", "dan"]


def test_sheet_is_shown_to_nobody_but_who_made_the_kit(sheets: Sheets) -> None:
    for of in (sheets.require, sheets.sheet, sheets.put_away):
        with pytest.raises(SheetGone):
            of(number=4, share=1, by=MALLORY)
    assert sheets.sheet(number=4, share=1, by=ANNA)


def test_sheet_that_can_be_shown_is_required_without_its_words(sheets: Sheets) -> None:
    sheets.require(number=4, share=1, by=ANNA)
    for share in (2, 3):
        with pytest.raises(SheetGone):
            sheets.require(number=4, share=share, by=ANNA)
    sheets.put_away(number=4, share=1, by=ANNA)
    with pytest.raises(SheetGone):
        sheets.require(number=4, share=1, by=ANNA)


def test_last_sheet_put_away_leaves_nothing_in_memory(sheets: Sheets) -> None:
    for share in (1, 2, 3):
        sheets.put_away(number=4, share=share, by=ANNA)
    assert sheets._kit is None


@pytest.mark.parametrize(("number", "share"), [(3, 1), (4, 0), (4, 2), (4, 4), (4, -1)])
def test_sheet_of_another_kit_or_that_there_is_not_is_refused(
    sheets: Sheets, number: int, share: int
) -> None:
    with pytest.raises(SheetGone):
        sheets.sheet(number=number, share=share, by=ANNA)


def test_sheets_are_forgotten_after_half_an_hour(sheets: Sheets, clock: Clock) -> None:
    clock.now += HELD_SECONDS
    assert sheets.sheet(number=4, share=1, by=ANNA)
    clock.now += 1
    with pytest.raises(SheetGone):
        sheets.sheet(number=4, share=1, by=ANNA)
    assert sheets._kit is None


def test_newer_kit_takes_the_place_of_an_older(sheets: Sheets) -> None:
    sheets.hold(Kit(5, NOW, (("a",), ("b",), ("c",))), by=ANNA)
    with pytest.raises(SheetGone):
        sheets.sheet(number=4, share=1, by=ANNA)
    assert sheets.sheet(number=5, share=1, by=ANNA)["words"] == ["a"]


def test_forgotten_kit_is_not_shown(sheets: Sheets) -> None:
    sheets.forget()
    with pytest.raises(SheetGone):
        sheets.sheet(number=4, share=1, by=ANNA)
