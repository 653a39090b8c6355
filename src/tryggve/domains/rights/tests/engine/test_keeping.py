"""The last day of keeping, against dates worked out by hand; the source of each rule stands in its file."""

from datetime import MAXYEAR, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.rights.engine.calendars import TooFarAway, UnknownRule, Until, until
from tryggve.domains.rights.engine.calendars.keeping_rules import Rule, offered_rules, rule_called
from tryggve.domains.rights.engine.calendars.keeping_words import words_of

_RULES = st.sampled_from([rule.code for rule in offered_rules()])
_DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2200, 12, 31))

# Rule, counted from, last day of keeping.
CASES = """
se-bookkeeping               2020-06-30  2027-12-31  a broken fiscal year; BFL 7 kap. 2 §
se-bookkeeping               2020-12-31  2027-12-31  a calendar year
se-bookkeeping               2021-04-30  2028-12-31
se-bookkeeping               2020-01-31  2027-12-31  eleven months later than the shortest
se-bookkeeping               2024-02-29  2031-12-31  a leap day
se-bookkeeping               2019-12-31  2026-12-31
se-bookkeeping               2026-08-31  2033-12-31
dk-bookkeeping               2020-12-31  2025-12-31  bogføringsloven § 12
dk-bookkeeping               2021-12-31  2026-12-31
dk-bookkeeping               2020-06-30  2025-06-30
dk-bookkeeping               2024-02-29  2029-02-28  no 29 February
dk-bookkeeping               2023-02-28  2028-02-29  the last day of February answers to the last day of February
dk-bookkeeping               2024-02-28  2029-02-28  not the month's last day
dk-bookkeeping               2021-09-30  2026-09-30
dk-bookkeeping               2022-05-15  2027-05-15  a company that closed within a month
se-job-applications          2026-11-22  2028-11-22
dk-job-applications          2026-08-31  2027-02-28  no 31 February
dk-job-applications          2026-11-22  2027-05-22
dk-consent-proof             2024-02-29  2026-02-28
dk-cctv                      2026-01-31  2026-03-02  thirty days
dk-cctv                      2024-02-01  2024-03-02  a leap year
dk-claims                    2026-03-01  2029-03-01  forældelsesloven § 27, stk. 1: the same date
dk-claims-in-writing         2026-03-01  2036-03-01
se-claims                    2026-03-01  2036-03-01
se-claims-on-consumers       2024-02-29  2027-02-28
no-bookkeeping               2020-06-30  2025-06-30  bokføringsloven § 13
fi-bookkeeping               2020-06-30  2026-12-31  bokföringslagen 2 kap. 10 §
se-patient-records           2024-02-29  2034-02-28  patientdatalagen 3 kap. 17 §
dk-patient-records           2026-11-22  2036-11-22  autorisationsloven § 25
no-contact-3-years           2026-11-22  2029-11-22
no-contact-4-years           2024-02-29  2028-02-29  also a number that isn't offered
no-contact-1-years           2024-02-29  2025-02-28
after-assignment-2-years     2026-06-30  2028-06-30
after-assignment-24-months   2026-06-30  2028-06-30
after-assignment-6-months    2026-08-31  2027-02-28
after-assignment-100-years   2026-08-31  2126-08-31
security-log                 2026-11-22  2027-11-22
room-chat                    2026-11-22  2027-02-20
recording                    2026-11-22  2027-11-22
quote-without-order          2026-11-22  2028-11-22
"""


def _cases() -> list[tuple[str, date, date]]:
    rows = [line.split()[:3] for line in CASES.split("\n") if line]
    return [(rule, date.fromisoformat(day), date.fromisoformat(last)) for rule, day, last in rows]


@pytest.mark.parametrize(("rule", "day", "last"), _cases())
def test_last_day_of_keeping(rule: str, day: date, last: date) -> None:
    assert until(rule, day) == Until(last, rule)


def test_every_rule_with_a_name_has_a_case() -> None:
    named = {rule.code for rule in offered_rules() if rule.code == rule.written_as}
    assert named - {rule for rule, _, _ in _cases()} == set()


@given(_RULES, _DAYS, st.integers(0, 800))
def test_what_begins_later_never_ends_earlier(rule: str, day: date, days: int) -> None:
    assert until(rule, day).until <= until(rule, day + timedelta(days=days)).until


@given(_RULES, _DAYS)
def test_keeping_ends_after_it_begins(rule: str, day: date) -> None:
    assert until(rule, day).until > day


@given(_DAYS)
def test_swedish_books_are_kept_seven_whole_calendar_years(day: date) -> None:
    found = until("se-bookkeeping", day).until
    assert (found.month, found.day, found.year - day.year) == (12, 31, 7)


@given(st.integers(1990, 2200), st.integers(1, 12))
def test_danish_books_of_a_month_end_are_kept_to_that_month_end(year: int, month: int) -> None:
    """Five years later to the day after: the first of the next month answers to the first of the next month."""
    first_after = date(year + month // 12, month % 12 + 1, 1)
    found = until("dk-bookkeeping", first_after - timedelta(days=1)).until
    assert found + timedelta(days=1) == first_after.replace(year=first_after.year + 5)


_NO_RULES = [
    *(
        "",
        "nothing",
        "se-bookkeeping ",
        "SE-BOOKKEEPING",
        "../ages/se",
        "no-contact-{n}-years",
        "no-contact--years",
    ),
    *("no-contact-0-years", "no-contact-01-years", "no-contact-101-years", "no-contact-٣-years"),
]


@pytest.mark.parametrize("code", _NO_RULES)
def test_code_of_no_rule_is_refused(code: str) -> None:
    with pytest.raises(UnknownRule):
        until(code, date(2026, 1, 1))


@pytest.mark.parametrize("rule", ["se-bookkeeping", "dk-bookkeeping", "dk-cctv"])
def test_end_of_the_calendar_is_refused(rule: str) -> None:
    with pytest.raises(TooFarAway):
        until(rule, date(MAXYEAR, 12, 31))


def test_a_country_is_offered_its_own_rules_and_those_of_no_country() -> None:
    assert {rule.jurisdiction for rule in offered_rules("SE")} == {"SE", "EU"}
    assert {rule.jurisdiction for rule in offered_rules("DK")} == {"DK", "EU"}
    assert {rule.jurisdiction for rule in offered_rules()} == {"SE", "DK", "NO", "FI", "EU"}


def test_only_the_law_demands_and_only_of_bookkeeping_and_patient_records() -> None:
    assert {rule.code for rule in offered_rules() if rule.force == "keep"} == {
        "se-bookkeeping",
        "dk-bookkeeping",
        "no-bookkeeping",
        "fi-bookkeeping",
        "se-patient-records",
        "dk-patient-records",
    }
    assert {rule.code for rule in offered_rules() if rule.force == "end"} == {"dk-cctv"}


@pytest.mark.parametrize("language", ["en", "sv", "da"])
@pytest.mark.parametrize("rule", offered_rules(), ids=lambda rule: rule.code)
def test_every_rule_has_its_words(rule: Rule, language: str) -> None:
    found = words_of(rule, language=language)
    for text in (found.title, found.counted_from, found.why):
        assert text
        assert "{" not in text


def test_words_say_the_number_that_was_chosen() -> None:
    rule = rule_called("no-contact-4-years")
    assert words_of(rule, language="sv").title == "Ingen kontakt på 4 år"
