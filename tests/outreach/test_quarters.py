"""The word of the quarter on how data is protected: when it is due, what it says, and that nobody sends it alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests import signing_in
from tests.by_right import asking, consenting
from tests.cast import CILLA, DAN, NOW
from tests.erasure import erasing
from tryggve.accounts.models import User
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.outreach import mailing_words
from tryggve.domains.outreach.engine import protection_word
from tryggve.domains.outreach.engine.quarters import Quarter, quarter_of
from tryggve.domains.outreach.models import Mailing, QuarterlyWord
from tryggve.domains.outreach.selectors import quarters as selectors
from tryggve.domains.outreach.services import mailings, quarters
from tryggve.domains.rights.selectors.protection import protection
from tryggve.domains.rights.tests import purposes
from tryggve.domains.setup.models import Firm

LANGUAGES = ("sv", "da", "en")
IN_APRIL = datetime(2026, 4, 10, 8, 0, tzinfo=UTC)


def word(at: datetime = IN_APRIL, language: str = "en") -> mailing_words.Words:
    mailing = quarters.write_word(language=language, actor=MACHINE, at=at)
    row = Mailing.objects.get(pk=mailing)
    return mailing_words.opened(row.words_sealed, row.pk)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_quarter_and_the_word_is_due_a_month_after_it(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.next.before == quarter
    assert quarter.last + timedelta(days=1) == quarter.next.first
    assert timedelta(days=28) <= quarter.due_on - quarter.last <= timedelta(days=31)
    assert (quarter.due_on + timedelta(days=1)).day == 1


def test_quarters_are_those_of_the_year() -> None:
    assert [quarter_of(date(2026, month, 1)).code for month in (1, 3, 4, 12)] == [
        "2026-Q1", "2026-Q1", "2026-Q2", "2026-Q4",
    ]  # fmt: skip
    assert (Quarter(2026, 1).due_on, Quarter(2026, 4).due_on) == (date(2026, 4, 30), date(2027, 1, 31))


def test_files_of_the_languages_have_the_same_paragraphs() -> None:
    def shape(language: str) -> list[tuple[str, bool]]:
        return [(one.get("when", ""), "one" in one) for one in protection_word.sentences(language)["parts"]]

    assert shape("sv") == shape("da") == shape("en")
    assert {protection_word.sentences(one)["checked"] for one in LANGUAGES} == {date(2026, 11, 22)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 7])
def test_no_fact_is_left_as_a_gap(language: str, count: int) -> None:
    facts: protection_word.Facts = {
        "firm": "Annas", "first": "1 januari 2026", "last": "31 mars 2026", "measures": ("Krypterat.",) * count,
        "requests": count, "in_time": count, "late": count, "erased": count, "withdrawn": count,
        "notice_on": "2 februari" if count else "", "portal": "https://a.example/my/",
    }  # fmt: skip
    subject, text = protection_word.written(language, facts)
    assert "{" not in subject + text
    assert text.count("7") == (4 if count == 7 else 0)


@pytest.mark.django_db
def test_numbers_of_the_quarter_stay_when_those_whom_they_are_about_are_erased(firm: Firm) -> None:
    newsletter = consenting.prepare()
    one, two = add(CILLA, DAN)
    consenting.say(one, newsletter)
    consenting.withdraw(one, newsletter)
    case = asking.asked(two, "ERASURE")
    asking.known(case)
    first, last = NOW.date().replace(month=1, day=1), NOW.date().replace(day=31)

    def told() -> tuple[int, int, int]:
        counted = protection(first, last, language="en")
        return counted.requests, counted.withdrawn, counted.erased

    assert told() == (1, 1, 0)
    erasing.erase(one, ground="WITHDRAWN")
    erasing.erase(two)
    assert told() == (1, 1, 2)


@pytest.mark.django_db
def test_draft_is_filled_from_what_really_happened_in_the_quarter(firm: Firm) -> None:
    purposes.choose("jobs")
    purposes.write_details()
    one, two, _three = add(
        *(Details(name=f"Kund {one}", emails=(f"kund{one}@example.se",)) for one in range(3))
    )
    asking.answer(asking.known(asking.asked(one, "RECTIFICATION")))
    erasing.erase(two)
    purposes.publish("en", at=NOW)
    said = word()
    assert said.subject == "How Annas Snickeri protects your details"
    assert "This is about Jan. 1, 2026 to March 31, 2026." in said.text
    for sentence in (
        "- The details are encrypted.",
        "One customer asked to see",
        "Everybody who waited for an answer got it",
        "The details of one customer were erased for good",
        "we rewrote the text on how we use details",
        "/my/come-in/",
    ):
        assert sentence in said.text
    assert "later than the law says" not in said.text
    assert "took a consent back" not in said.text


@pytest.mark.django_db
def test_word_is_offered_once_a_quarter_until_written_or_left_out(firm: Firm) -> None:
    april, july = date(2026, 4, 10), date(2026, 7, 1)
    offer = selectors.offered(today=april)
    assert offer is not None
    assert (offer.quarter.code, offer.due_on, offer.is_late, offer.is_soon) == (
        "2026-Q1", date(2026, 4, 30), False, False,
    )  # fmt: skip
    word()
    assert selectors.offered(today=april) is None
    with pytest.raises(quarters.NothingOffered):
        quarters.leave_out(actor=MACHINE, at=IN_APRIL)
    later = selectors.offered(today=july)
    assert later is not None
    assert later.quarter.code == "2026-Q2"
    quarters.leave_out(actor=MACHINE, at=datetime(2026, 7, 1, 8, tzinfo=UTC))
    assert selectors.offered(today=july) is None


@pytest.mark.django_db
def test_word_whose_draft_is_thrown_away_is_offered_again(firm: Firm) -> None:
    draft = quarters.write_word(language="en", actor=MACHINE, at=IN_APRIL)
    mailings.delete(mailing=draft, actor=MACHINE, at=IN_APRIL)
    assert selectors.offered(today=IN_APRIL.date()) is not None


@pytest.mark.django_db
def test_word_that_two_decide_about_at_once_is_decided_once(firm: Firm) -> None:
    offer = selectors.offered(today=IN_APRIL.date())
    assert offer is not None
    word()
    with pytest.raises(quarters.NothingOffered):
        quarters._decide(offer, None, MACHINE, IN_APRIL)
    assert QuarterlyWord.objects.exclude(mailing=None).count() == 1


@pytest.mark.django_db
def test_no_word_is_asked_for_about_days_before_the_company_came(firm: Firm) -> None:
    assert selectors.offered(today=date(2026, 3, 20)) is None


@pytest.mark.django_db
def test_draft_goes_to_nobody_before_a_person_says_what_it_is_for(firm: Firm) -> None:
    quarters.write_word(language="sv", actor=MACHINE, at=IN_APRIL)
    row = Mailing.objects.get()
    assert (row.state, row.purpose_ref, row.language) == ("DRAFT", None, "sv")


@pytest.mark.django_db
def test_first_page_reminds_of_it_when_the_day_comes_near(anna: User, bo: User) -> None:
    told = []
    for at in (datetime(2026, 4, 10, 8, tzinfo=UTC), datetime(2026, 4, 17, 8, tzinfo=UTC)):
        with time_machine.travel(at, tick=False):
            page = signing_in.browser_of(anna, at=at).get("/today/").content.decode()
            told.append("how their data is protected is due" in page)
    assert told == [False, True]
