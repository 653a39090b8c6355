"""What the files tell: whole in three languages, and never much in one week."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from tryggve.audit import codes
from tryggve.lib.language import LANGUAGES
from tryggve.privacy.retention import Period
from tryggve.routines.duties import catalogue
from tryggve.routines.duties.catalogue import Doer, Duty, NoSuchDuty, duties

# What the guides ask for with a number, and the controls that it is for.
GUIDES = {
    "review-security": (Period(months=3), "GOV-05"),
    "review-encryption": (Period(months=12), "CRY-02"),
    "train": (Period(months=6), "TRN-01"),
    "clean-customer-data": (Period(months=6), "DAT-02"),
    "review-privacy-notice": (Period(months=12), "POL-02"),
    "tell-customers": (Period(months=3), "DAT-05"),
    "rehearse-incident": (Period(months=12), "CRI-04"),
    "review-suppliers": (Period(months=12), "SUP-02"),
    "follow-up-feedback": (Period(months=3), "DAT-05"),
    "review-passwords": (Period(months=12), "AUT-03"),
    "change-wifi": (Period(months=12), "NET-01"),
    "order-penetration-test": (Period(months=12), "RSK-03"),
    "watch-restore": (Period(months=12), "BAK-02"),
    "review-crisis-plan": (Period(months=6), "CRI-01"),
    "install-updates": (Period(days=14), "DEV-01"),
}
A_MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize("code", GUIDES)
def test_duty_comes_as_often_as_the_guides_ask(code: str) -> None:
    every, control = GUIDES[code]
    assert (duties()[code].every, control in duties()[code].controls) == (every, True)


def test_new_tool_is_assessed_when_it_comes_and_never_by_the_calendar() -> None:
    duty = duties()["assess-new-tool"]
    assert (duty.every, duty.event, duty.within) == (None, "new-tool", Period(days=3))


def test_wifi_and_access_are_called_by_a_leaver() -> None:
    assert {code for code, duty in duties().items() if catalogue.PERSON_LEFT in duty.also} == {
        "change-wifi",
        "review-access",
    }


def test_captain_has_six_tasks() -> None:
    assert [(duty.task, duty.code) for duty in catalogue.captains_tasks()] == [
        (1, "choose-advice"),
        (2, "assess-risks"),
        (3, "check-tools"),
        (4, "talk-security"),
        (5, "follow-threats"),
        (6, "warn-colleagues"),
    ]
    assert {duty.doer for duty in catalogue.captains_tasks()} == {Doer.CAPTAIN}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_duty_has_words_in_each_language(language: str) -> None:
    told = catalogue.words(language)
    assert set(told) == set(duties())
    assert [code for code, words in told.items() if not (words.title and words.why and words.how)] == []


def test_no_language_speaks_in_the_words_of_another() -> None:
    said = Counter(
        text
        for language in LANGUAGES
        for words in catalogue.words(language).values()
        for text in (words.title, words.why, words.how)
    )
    assert [text for text, times in said.items() if times > 1] == []


def test_codes_controls_and_rows_are_well_formed() -> None:
    for duty in duties().values():
        assert (codes.is_code(duty.code), duty.controls != (), duty.minutes > 0) == (True, True, True)
        assert [control for control in duty.controls if not re.fullmatch(r"[A-Z]{3}-\d\d", control)] == []
        assert [row for row in duty.rows if not 1 <= row <= 184] == []
        assert (duty.every is None) == bool(duty.event)


def test_first_turn_never_waits_longer_than_a_round() -> None:
    """Else it would be taken for planned by a clock that ran ahead."""
    late = [
        duty.code
        for duty in duties().values()
        if duty.every and duty.first.last_day(date(2026, 2, 1)) > duty.every.last_day(date(2026, 2, 1))
    ]
    assert late == []


def test_no_week_of_the_first_quarter_asks_for_more_than_an_hour() -> None:
    """Everything at once is nothing done: also for one person who does it all."""
    week: Counter[int] = Counter()
    for duty in duties().values():
        for day in _days_of(duty, until=A_MONDAY + timedelta(weeks=13)):
            week[(day - A_MONDAY).days // 7] += duty.minutes
    assert max(week.values()) <= 60
    assert min(week) == 1


def _days_of(duty: Duty, *, until: date) -> list[date]:
    days, day = [], duty.first.last_day(A_MONDAY)
    while duty.every and duty.from_people < 11 and day < until:
        days.append(day)
        day = duty.every.last_day(day)
    return days


def test_of_control_is_what_people_do_for_it() -> None:
    assert [duty.code for duty in catalogue.of_control("GOV-03")] == ["follow-threats", "warn-colleagues"]
    assert catalogue.of_control("CRY-01") == []


def test_duty_that_nobody_knows_is_refused() -> None:
    with pytest.raises(NoSuchDuty):
        catalogue.duty_of("never-heard-of")
