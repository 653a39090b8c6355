"""The pages about purposes, as Anna meets them: chosen in two minutes, changed in plain words, ended, ordered."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.by_right import consenting
from tests.cast import NOW
from tryggve.audit.models import Entry
from tryggve.domains.rights.engine.purposes import Receiver
from tryggve.domains.rights.engine.starter import starter_set
from tryggve.domains.rights.forms.receivers import ReceiverForm, code_of
from tryggve.domains.rights.models import Purpose
from tryggve.domains.rights.services.purposes import purposes
from tryggve.domains.rights.tests.purposes import (
    MACHINE,
    called,
    choose,
    codes,
    id_of,
    publish,
    write_details,
)
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db
LIST = "/customers/purposes/"
START = "/customers/purposes/start/"
ADD = "/customers/purposes/add/"
OPEN_HOUSE = {
    "name": "Open house",
    "description": "We invite you to see the workshop.",
    "persons": ["customer"],
    "persons_more": "neighbours\n\n neighbours ",
    "details": ["name", "email"],
    "details_more": "",
    "needed": ["name", "emails"],
    "sources_more": "",
    "legal_basis": "f",
    "interest": "to show what we make",
    "special_basis": "",
    "retention": "no-contact-1-years",
    "keeping": "Then nobody comes any more.",
    "required": "voluntary",
    "consequence": "Then we don't invite you.",
    "receivers-TOTAL_FORMS": "2",
    "receivers-INITIAL_FORMS": "0",
    "receivers-0-name": "E-mail and calendar",
    "receivers-0-role": "processor",
    "receivers-0-country": "US",
    "receivers-0-safeguard": "A45-3",
    "receivers-1-name": "Fortnox",
    "receivers-1-role": "processor",
}


def _page(purpose: Any, deed: str = "") -> str:
    return f"{LIST}{purpose}/{deed}"


def _typed(browser: Client, page: str, **other: Any) -> dict[str, Any]:
    """What the page's form sends when nothing but ``other`` is typed."""
    context = browser.get(page).context
    form, rows = context["form"], context["receivers"]
    typed = {bound.name: bound.value() for bound in form}
    typed |= {bound.html_name: bound.value() for row in [rows.management_form, *rows] for bound in row}
    return {name: value for name, value in typed.items() if value is not None} | other


def test_page_before_there_is_a_purpose_offers_to_begin(as_anna: Client) -> None:
    assertContains(as_anna.get(LIST), f'href="{START}"')


def test_kinds_of_company_are_offered_and_the_chosen_ones_purposes_ticked(as_anna: Client) -> None:
    assert len(as_anna.get(START).context["form"].fields["kind"].choices) == 6
    page = as_anna.get(START, {"kind": "craft"})
    assert [(one.code, one.is_ticked) for one in page.context["usual"]] == [
        (one.code, True) for one in starter_set("craft", country="SE")
    ]
    assert {one.is_ticked for one in page.context["more"]} == {False}
    assert not Purpose.objects.exists()


def test_kind_that_is_none_is_asked_for_again(as_anna: Client) -> None:
    assert set(as_anna.get(START, {"kind": "bank"}).context["form"].errors) == {"kind"}
    assert as_anna.post(START, {"kind": "bank", "purposes": ["jobs"]}).status_code == 404


def test_ticked_purposes_are_taken_over(as_anna: Client) -> None:
    answer = as_anna.post(START, {"kind": "craft", "purposes": ["jobs", "bookkeeping"]}, follow=True)
    assertContains(answer, "2 purposes were added.")
    assert codes() == ["jobs", "bookkeeping"]
    page = as_anna.get(START, {"kind": "craft"})
    assert [one.code for one in page.context["usual"] if one.is_used] == ["jobs", "bookkeeping"]


def test_nothing_ticked_adds_nothing(as_anna: Client) -> None:
    assertContains(as_anna.post(START, {"kind": "craft"}, follow=True), "Nothing was added.")
    assert codes() == []


def test_list_says_what_is_missing_with_a_way_there(as_anna: Client) -> None:
    choose()
    assertContains(as_anna.get(LIST), 'href="/company/record/details/"')
    write_details()
    assertNotContains(as_anna.get(LIST), "This is missing")


def test_list_says_when_the_notice_is_out_of_date(as_anna: Client) -> None:
    choose()
    write_details()
    assertContains(as_anna.get(LIST), "No privacy notice is published yet.")
    publish("sv", "da")
    assertNotContains(as_anna.get(LIST), "says something else")
    purposes.end_purpose(purpose=id_of("entry"), actor=MACHINE, at=NOW)
    assertContains(as_anna.get(LIST), "It is out of date in: Svenska, Dansk.")


def test_own_purpose_is_written_in_plain_words(as_anna: Client) -> None:
    assertRedirects(as_anna.post(ADD, OPEN_HOUSE), LIST)
    kept = called("own-1")
    facts, words = kept.facts, kept.words["en"]
    assert (facts.persons, facts.legal_basis) == (("customer", "neighbours"), "f")
    assert facts.fields == ("name", "emails")
    assert facts.recipients == (Receiver("mail-service", True, "US", "A45-3"), Receiver("Fortnox", True))
    assert (words.name, words.interest, list(kept.words)) == ("Open house", "to show what we make", ["en"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " \u202e "}, "name"),
        ({"persons": [], "persons_more": " "}, "persons"),
        ({"details": []}, "details"),
        ({"interest": ""}, "interest"),
        ({"legal_basis": "c"}, "law"),
        ({"details": ["health"]}, "special_basis"),
        ({"needed": ["shoe-size"]}, "needed"),
        ({"retention": "for-ever"}, "retention"),
        ({"keeping": "\x00"}, "keeping"),
    ],
)
def test_wrong_answer_stays_on_the_page_and_adds_nothing(
    as_anna: Client, wrong: dict[str, Any], field: str
) -> None:
    answer = as_anna.post(ADD, OPEN_HOUSE | wrong)
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, {field})
    assert not Purpose.objects.exists()


def test_receiver_outside_the_eu_wants_a_reason(as_anna: Client) -> None:
    answer = as_anna.post(ADD, OPEN_HOUSE | {"receivers-0-safeguard": ""})
    assertContains(answer, "Say why data may go there.")
    assert not Purpose.objects.exists()


def test_purpose_that_is_saved_as_it_stands_is_as_before(as_anna: Client) -> None:
    choose()
    before = list(Purpose.objects.order_by("pk").values())
    for code in codes():
        page = _page(id_of(code))
        assertRedirects(as_anna.post(page, _typed(as_anna, page)), LIST)
    assert list(Purpose.objects.order_by("pk").values()) == before
    assert not Entry.objects.filter(action="rights.purpose-changed").exists()


def test_ticks_in_the_order_of_the_page_are_no_change(as_anna: Client) -> None:
    """A browser sends them so; the notice tells them in the order of the purpose."""
    choose("jobs")
    page = _page(id_of("jobs"))
    typed, before = _typed(as_anna, page), called("jobs").facts
    assert sorted(before.data) != list(before.data)
    as_anna.post(page, typed | {name: sorted(typed[name]) for name in ("persons", "details", "needed")})
    assert (called("jobs").facts, called("jobs").revision) == (before, 1)


def test_list_tells_what_is_needed_of_the_card_and_the_page_changes_it(as_anna: Client) -> None:
    choose("jobs")
    page = _page(id_of("jobs"))
    told = "Name, organisation, e-mail addresses, telephone numbers, postal addresses and note"
    assertContains(as_anna.get(LIST), f"<dt>On the card</dt><dd>{told}</dd>")
    as_anna.post(page, _typed(as_anna, page, needed=["name", "phones"]))
    assert called("jobs").facts.fields == ("name", "phones")
    as_anna.post(page, _typed(as_anna, page, needed=[]))
    assertNotContains(as_anna.get(LIST), "On the card")


def test_change_holds_in_the_language_that_is_chosen(as_anna: Client) -> None:
    choose("jobs")
    page = _page(id_of("jobs"), "?language=sv")
    as_anna.post(page, _typed(as_anna, page, name="Snickerier"))
    kept = called("jobs")
    assert (kept.words["sv"].name, kept.words["en"].name) == ("Snickerier", "Jobs that we do for you")


def test_row_of_a_receiver_is_taken_away_by_emptying_its_name(as_anna: Client) -> None:
    choose("jobs")
    page = _page(id_of("jobs"))
    assert len(called("jobs").facts.recipients) == 3
    as_anna.post(page, _typed(as_anna, page, **{"receivers-0-name": ""}))
    assert [one.name for one in called("jobs").facts.recipients] == ["backup-service", "subcontractor"]


def test_change_after_somebody_elses_is_not_saved(as_anna: Client) -> None:
    choose("jobs")
    page = _page(id_of("jobs"))
    typed = _typed(as_anna, page, name="Carpentry")
    as_anna.post(page, typed)
    answer = as_anna.post(page, typed | {"name": "Painting"})
    assertContains(answer, "Somebody else changed this purpose")
    assert called("jobs").words["en"].name == "Carpentry"


def test_words_that_are_not_written_in_a_language_are_told(as_anna: Client) -> None:
    as_anna.post(ADD, OPEN_HOUSE)
    page = _page(id_of("own-1"))
    assertContains(as_anna.get(f"{page}?language=da"), "aren't written in this language yet")
    assertNotContains(as_anna.get(page), "aren't written in this language yet")
    assert as_anna.get(f"{page}?language=fi").status_code == 404


def test_end_asks_first(as_anna: Client) -> None:
    choose("jobs", "bookkeeping")
    page = _page(id_of("jobs"), "end/")
    assertContains(as_anna.get(page), "End «Jobs that we do for you»?")
    assert codes() == ["jobs", "bookkeeping"]
    as_anna.post(page)
    assert codes() == ["bookkeeping"]
    [ended] = as_anna.get(LIST).context["ended"]
    as_anna.post(_page(ended.id, "again/"))
    assert codes() == ["bookkeeping", "jobs"]


def test_purposes_are_moved_with_buttons(as_anna: Client) -> None:
    choose("jobs", "bookkeeping")
    as_anna.post(_page(id_of("bookkeeping"), "move/"), {"where": "up"})
    assert codes() == ["bookkeeping", "jobs"]
    as_anna.post(_page(id_of("bookkeeping"), "move/"), {"where": "down"})
    assert codes() == ["jobs", "bookkeeping"]


@pytest.mark.parametrize(
    ("deed", "method"), [("", "get"), ("end/", "get"), ("again/", "post"), ("move/", "post")]
)
def test_purpose_that_is_not_there_is_a_page_of_nothing(as_anna: Client, deed: str, method: str) -> None:
    assert getattr(as_anna, method)(_page(new_id(), deed)).status_code == 404


def test_employee_is_refused_and_sees_no_way_there(as_bo: Client) -> None:
    choose("jobs")
    for page in (LIST, START, ADD, _page(id_of("jobs"))):
        assert as_bo.get(page).status_code == 403
    assert LIST not in as_bo.get("/customers/").content.decode()


def test_known_word_is_kept_as_its_code_in_any_language_and_case() -> None:
    assert code_of("BOKFÖRINGSPROGRAM", "sv") == code_of("Bookkeeping program", "en") == "bookkeeping-service"
    assert code_of("Fortnox", "sv") == "Fortnox"


def test_country_that_somebody_wrote_before_stays_to_be_chosen() -> None:
    form = ReceiverForm(language="en", initial={"country": "JP", "safeguard": "A46-2-b"})
    offered = {name: [code for code, _word in form.fields[name].choices] for name in ("country", "safeguard")}  # type: ignore[attr-defined]
    assert ("JP" in offered["country"], "A46-2-b" in offered["safeguard"]) == (True, True)


@pytest.mark.parametrize(("answer", "holds"), [("same", True), ("other", False)])
def test_change_of_what_customers_said_yes_to_asks_whether_their_yes_still_holds(
    as_anna: Client, firm: Any, answer: str, holds: bool
) -> None:
    newsletter, cilla = consenting.prepare(), consenting.customer()
    consenting.say(cilla, newsletter)
    page = _page(newsletter)
    typed = _typed(as_anna, page, description="We write to you.")
    assertContains(as_anna.post(page, typed), "What customers have said yes to")
    assert consenting.holds(cilla, newsletter)
    assertRedirects(as_anna.post(page, typed | {"means_the_same": answer}), LIST)
    assert consenting.holds(cilla, newsletter) is holds


def test_purpose_without_consent_asks_no_such_thing(as_anna: Client) -> None:
    choose("jobs")
    assertNotContains(as_anna.get(_page(id_of("jobs"))), "What customers have said yes to")
