"""From what age a child says yes alone: GDPR art. 8(1) and the acts of each country."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.rights.engine.calendars.ages import NotYetBorn, age_limit, needs_guardian

_DAYS = st.dates(min_value=date(2018, 5, 25), max_value=date(2200, 12, 31))
_COUNTRIES = st.sampled_from(["SE", "DK", "NO", "FI", "DE"])

# Country, born, on, and whether a parent is asked.
CASES = """
SE  2013-11-23  2026-11-22  yes  twelve, thirteen tomorrow; lag (2018:218) 2 kap. 4 §
SE  2013-11-22  2026-11-22  no   thirteen today
SE  2010-01-01  2026-11-22  no
DK  2011-11-23  2026-11-22  yes  fourteen; databeskyttelsesloven § 6, stk. 2
DK  2011-11-22  2026-11-22  no   fifteen today
DK  2010-01-02  2023-12-31  no   thirteen, while thirteen was enough
DK  2010-01-02  2024-01-01  yes  the same child a day later: fifteen since 2024
NO  2013-11-23  2026-11-22  yes
NO  2013-11-22  2026-11-22  no
FI  2013-11-23  2026-11-22  yes
FI  2013-11-22  2026-11-22  no   tietosuojalaki 5 §
FI  2005-01-01  2018-12-31  yes  before the act: sixteen by the Regulation
DE  2010-11-23  2026-11-22  yes  a country that isn't in the files: sixteen by the Regulation
DE  2010-11-22  2026-11-22  no
SE  2012-02-29  2025-02-28  yes  no 29 February: a year older on 1 March
SE  2012-02-29  2025-03-01  no
DK  2013-02-28  2028-02-28  no
SE  2026-11-22  2026-11-22  yes  born today
"""


def _cases() -> list[tuple[str, date, date, bool]]:
    rows = [line.split()[:4] for line in CASES.split("\n") if line]
    return [
        (country, date.fromisoformat(born), date.fromisoformat(on), asked == "yes")
        for country, born, on, asked in rows
    ]


@pytest.mark.parametrize(("country", "born", "on", "asked"), _cases())
def test_parent_is_asked_below_the_age(country: str, born: date, on: date, asked: bool) -> None:
    assert needs_guardian(country, born, on) == asked


def test_day_of_birth_to_come_is_refused() -> None:
    with pytest.raises(NotYetBorn):
        needs_guardian("SE", date(2026, 11, 23), date(2026, 11, 22))


@given(_COUNTRIES, _DAYS)
def test_limit_is_what_the_regulation_lets_a_country_choose(country: str, on: date) -> None:
    assert 13 <= age_limit(country, on).years <= 16


@given(_COUNTRIES, _DAYS, st.integers(0, 7000), st.integers(0, 400))
def test_older_child_is_never_asked_where_a_younger_is_not(
    country: str, on: date, days: int, more: int
) -> None:
    younger = on - timedelta(days=days)
    older = younger - timedelta(days=more)
    assert needs_guardian(country, younger, on) >= needs_guardian(country, older, on)
