from datetime import date, timedelta

import pytest

from tryggve.domains.datamap.selectors.ages import Age, age_of, days_of

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("days", "age"),
    [(-1, Age.YEAR), (0, Age.YEAR), (365, Age.YEAR), (366, Age.THREE), (1095, Age.THREE), (1096, Age.SEVEN),
     (2556, Age.SEVEN), (2557, Age.OLDER), (40_000, Age.OLDER)],
)  # fmt: skip
def test_age_and_its_days_agree(days: int, age: Age) -> None:
    changed_on = TODAY - timedelta(days=days)
    assert age_of(changed_on, TODAY) is age
    fits = [one for one in Age if one is not Age.UNKNOWN and _is_within(changed_on, days_of(one, TODAY))]
    assert fits == [age]


def test_age_of_a_file_without_a_day_is_unknown() -> None:
    assert age_of(None, TODAY) is Age.UNKNOWN


def _is_within(day: date, days: tuple[date | None, date | None]) -> bool:
    first, last = days
    return (first is None or day >= first) and (last is None or day <= last)
