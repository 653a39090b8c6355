from datetime import UTC, datetime, timedelta

import pytest

from tryggve.domains.backups.engine import lineage

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def _made(home: datetime | None, ledger: str, at: datetime) -> lineage.Standing:
    return lineage.standing(["keys", *lineage.tags(home=home, ledger=ledger)], at)


def test_later_home_counts_before_the_ledger_and_the_ledger_before_the_clock() -> None:
    plain = lineage.standing(["keys", "pair=1"], AT + 9 * DAY)
    older = _made(AT - DAY, "5 ab", AT + 3 * DAY)
    behind = _made(AT, "2 cd", AT + 2 * DAY)
    newest = _made(AT, "3 ef", AT)
    assert sorted([newest, older, plain, behind]) == [plain, older, behind, newest]
    assert (newest.state, plain.state) == ("3 ef", "")


@pytest.mark.parametrize(
    ("there", "ours", "is_later"),
    [(AT + DAY, AT, True), (AT, AT, False), (AT, AT + DAY, False), (None, AT, False), (AT, None, True)],
)
def test_copy_of_a_later_home_is_known(there: datetime | None, ours: datetime | None, is_later: bool) -> None:
    assert lineage.is_of_later_home(lineage.tags(home=there), lineage.tags(home=ours)) is is_later


@pytest.mark.parametrize("tag", ["home=", "home=x", "home=-1", "home=٣", "ledger=x.y", "ledger="])
def test_mark_that_says_nothing_is_none(tag: str) -> None:
    standing = lineage.standing(["keys", tag], AT)
    assert (standing.home, standing.erased) == (0, 0)
