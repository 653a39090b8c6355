import re
from itertools import islice

import pytest

from tryggve.domains.customers.engine import invented
from tryggve.domains.customers.tests.engine.outcomes import outcome_of

_COUNTRIES: tuple[invented.Country, ...] = ("SE", "DK")
# Kept for books and films by PTS, or outside the Danish numbering plan.
_NOBODY = re.compile(r"(070-174 06|08-465 004|031-390 06|040-628 04) \d\d|1[24] 0\d \d\d \d\d")


@pytest.mark.parametrize("country", _COUNTRIES)
def test_nobody_is_reached_by_what_is_invented(country: invented.Country) -> None:
    rows = list(islice(invented.customers(country), 2000))
    assert [row[2] for row in rows if not re.fullmatch(rf"\w+@example\.{country.lower()}", row[2])] == []
    assert [row[3] for row in rows if not _NOBODY.fullmatch(row[3])] == []
    assert len({row[2] for row in rows}) == len(rows)


@pytest.mark.parametrize("country", _COUNTRIES)
def test_importer_understands_every_row_and_column(country: invented.Country) -> None:
    outcome = outcome_of(invented.as_list(country, invented.customers(country), 300))
    assert (len(outcome.created), outcome.set_aside, outcome.skipped) == (300, [], [])


def test_same_customers_each_time() -> None:
    first, again = (list(islice(invented.customers("DK"), 50)) for _ in range(2))
    assert first == again
