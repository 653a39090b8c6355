"""Until when a customer is needed: the purpose that needs them longest decides."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.rights.engine import needed, reviews
from tryggve.domains.rights.engine.calendars import until
from tryggve.domains.rights.engine.calendars.keeping_rules import offered_rules
from tryggve.domains.rights.engine.needed import Known
from tryggve.domains.rights.engine.purposes import Facts

LAST = date(2020, 2, 29)
_DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
_RULES = st.sampled_from([one.code for one in offered_rules() if not one.is_of_books])


def _facts(retention: str, **other: Any) -> Facts:
    told: dict[str, Any] = {"legal_basis": "b", "persons": ("customer",), "data": ("name",)}
    return Facts(**(told | other), retention=retention)


def _grounds(*facts: Facts) -> list[needed.Ground]:
    return needed.grounds((UUID(int=number), one) for number, one in enumerate(facts, 1))


def _until(facts: Facts, *others: Facts, **known: Any) -> date | None:
    found = needed.needed_until(_grounds(facts, *others), Known(**({"last_contact": LAST} | known)))
    return found.until if found else None


def test_longest_of_the_purposes_decides() -> None:
    grounds = _grounds(
        _facts("no-contact-1-years"), _facts("after-assignment-3-years"), _facts("no-contact-2-years")
    )
    found = needed.needed_until(grounds, Known(LAST))
    assert found is not None
    assert (found.until, found.purpose, found.counted_from) == (date(2023, 2, 28), UUID(int=2), LAST)
    assert [one.purpose.int for one in needed.each_needed(grounds, Known(LAST))] == [2, 3, 1]


@pytest.mark.parametrize(
    ("today", "is_over"), [(date(2023, 2, 28), False), (date(2023, 3, 1), True), (LAST, False)]
)
def test_customer_is_needed_to_the_end_of_the_last_day(today: date, is_over: bool) -> None:
    found = needed.needed_until(_grounds(_facts("no-contact-3-years")), Known(LAST))
    assert found is not None
    assert found.is_over(today) is is_over


def test_without_purposes_nothing_is_known() -> None:
    assert needed.needed_until([], Known(LAST)) is None


@pytest.mark.parametrize(
    ("facts", "keeps"),
    [
        (_facts("no-contact-1-years"), True),
        (_facts("security-log", persons=("user", "employee")), False),
        (_facts("se-bookkeeping", legal_basis="c"), False),
        (_facts("dk-bookkeeping", legal_basis="b"), False),
        (_facts("after-assignment-3-years", legal_basis="c"), False),
        (_facts("se-patient-records", legal_basis="c", persons=("patient",)), True),
        (_facts("no-contact-2-years", legal_basis="a"), True),
    ],
)
def test_purposes_that_keep_a_card(facts: Facts, keeps: bool) -> None:
    assert bool(_grounds(facts)) is keeps


def test_purpose_by_consent_counts_only_while_the_consent_holds() -> None:
    both = (_facts("no-contact-1-years"), _facts("no-contact-5-years", legal_basis="a"))
    assert _until(*both) == date(2021, 2, 28)
    assert _until(*both, consents=frozenset({UUID(int=2)})) == date(2025, 2, 28)


def test_who_said_yes_to_nothing_is_let_go_no_sooner_than_if_they_had() -> None:
    assert _until(_facts("no-contact-2-years", legal_basis="a")) == date(2022, 2, 28)


def test_end_of_the_assignment_counts_where_the_rule_says_so() -> None:
    ended = {"ended_on": date(2017, 5, 31)}
    assert _until(_facts("after-assignment-3-years"), **ended) == date(2020, 5, 31)
    assert _until(_facts("after-assignment-3-months"), **ended) == date(2017, 8, 31)
    assert _until(_facts("no-contact-3-years"), **ended) == date(2023, 2, 28)
    assert _until(_facts("after-assignment-3-years")) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("status", "last"),
    [
        ("", date(2023, 2, 28)),
        ("customer", date(2022, 2, 28)),
        ("former", date(2022, 2, 28)),
        ("prospect", date(2023, 2, 28)),
    ],
)
def test_card_that_says_how_far_somebody_is_counts_for_what_is_about_those(status: str, last: date) -> None:
    of_prospects = _facts("no-contact-3-years", persons=("prospect",))
    of_customers = _facts("no-contact-2-years", persons=("customer",))
    assert _until(of_customers, of_prospects, status=status) == last
    assert needed.asks_for_status(_grounds(of_customers)) is True
    assert (
        needed.asks_for_status(_grounds(_facts("no-contact-1-years", persons=("customer", "prospect"))))
        is False
    )


def test_prospect_isnt_kept_as_long_as_a_customer() -> None:
    both = (_facts("no-contact-5-years"), _facts("no-contact-1-years", persons=("prospect",)))
    assert (_until(*both, status="prospect"), _until(*both)) == (date(2021, 2, 28), date(2025, 2, 28))


@settings(deadline=None)  # the rules are read from files once
@given(last=_DAYS, rules=st.lists(_RULES, min_size=1, max_size=4), today=_DAYS)
def test_whoever_was_in_contact_after_that_day_is_never_over(
    last: date, rules: list[str], today: date
) -> None:
    grounds = _grounds(*map(_facts, rules))
    found = needed.needed_until(grounds, Known(last))
    assert found is not None
    assert found.until == max(until(rule, last).until for rule in rules)
    if last >= needed.newest_that_can_be_over(grounds, today=today):
        assert not found.is_over(today)


@settings(deadline=None)  # the rules are read from files once
@given(last=_DAYS, later=st.integers(0, 900), rules=st.lists(_RULES, min_size=1, max_size=4))
def test_later_contact_never_lets_anybody_go_sooner(last: date, later: int, rules: list[str]) -> None:
    grounds = _grounds(*map(_facts, rules))
    first, second = (needed.needed_until(grounds, Known(day)) for day in (last, last + timedelta(days=later)))
    assert first is not None
    assert second is not None
    assert first.until <= second.until


@settings(deadline=None)  # the rules are read from files once
@given(_DAYS)
def test_review_is_due_half_a_year_after_the_last(last: date) -> None:
    review = reviews.next_review(last, today=last)
    assert 181 <= (review.due_on - last).days <= 184
    assert review.due_on.day == last.day or (review.due_on + timedelta(days=1)).day == 1
    assert not review.is_due
    on_it, after = (reviews.next_review(last, today=review.due_on + timedelta(days=n)) for n in (0, 1))
    assert (on_it.is_due, on_it.is_late, after.is_late) == (True, False, True)
