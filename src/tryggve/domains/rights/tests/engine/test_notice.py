"""The privacy notice holds every item of GDPR art. 13 and 14, none of them empty."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given

from tryggve.domains.rights.engine.gaps import Incomplete
from tryggve.domains.rights.engine.notice import ITEMS, privacy_notice
from tryggve.domains.rights.engine.papers.paper import Paper
from tryggve.domains.rights.engine.purposes import LANGUAGES, Controller, Language, Purpose, Receiver
from tryggve.domains.rights.engine.starter import firm_kinds
from tryggve.domains.rights.tests.engine import papers_of_law
from tryggve.domains.rights.tests.engine.papers_of_law import (
    ANNA,
    COUNTRIES,
    DAY,
    NEWSLETTER,
    notice_of,
    purposes_of,
)

OF_INTEREST = {"13(1)(d)", "14(2)(b)"}


def _notice(*purposes: Purpose, controller: Controller = ANNA, language: Language = "sv") -> Paper:
    return privacy_notice(controller, purposes, language=language, made_on=DAY)


def _with(**changed: Any) -> Purpose:
    return replace(NEWSLETTER, facts=replace(NEWSLETTER.facts, **changed))


def _texts(paper: Paper) -> str:
    return "\n".join(line.text for section in paper.sections for line in section.all_lines())


def test_items_are_those_of_the_law() -> None:
    assert len(ITEMS) == 6 + 6 + 6 + 7


@pytest.mark.parametrize("firm_kind", firm_kinds())
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_notice_of_each_starter_set_holds_each_item(firm_kind: str, language: Language, country: str) -> None:
    said = notice_of(firm_kind, country=country, language=language).said()
    assert [item for item in ITEMS if not said.get(item)] == []
    assert [text for texts in said.values() for text in texts if len(text) < 3 or "{" in text] == []


@pytest.mark.parametrize("firm_kind", firm_kinds())
def test_each_purpose_tells_its_own_items(firm_kind: str) -> None:
    [told] = [section for section in notice_of(firm_kind).sections if section.sections]
    for purpose, section in zip(purposes_of(firm_kind), told.sections, strict=True):
        items = {article for line in section.all_lines() for article in line.articles}
        of_interest = OF_INTEREST if purpose.facts.legal_basis == "f" else set()
        needed = {"13(1)(c)", "13(1)(e)", "13(2)(a)", "13(2)(e)", "14(1)(d)"} | of_interest
        assert needed - items == set()


@given(papers_of_law.controllers, papers_of_law.sets_of_purposes, papers_of_law.languages)
def test_whatever_a_firm_writes_each_item_is_told(
    controller: Controller, purposes: list[Purpose], language: Language
) -> None:
    said = privacy_notice(controller, purposes, language=language, made_on=DAY).said()
    needed = set(ITEMS) - (set() if any(one.facts.legal_basis == "f" for one in purposes) else OF_INTEREST)
    assert needed - said.keys() == set()
    assert [text for texts in said.values() for text in texts if not text.strip()] == []


def test_notice_names_the_law_that_obliges() -> None:
    [told] = [section for section in notice_of("coach").sections if section.sections]
    [bookkeeping] = [section for section in told.sections if section.heading == "Fakturor och bokföring"]
    [basis] = [fact for fact in bookkeeping.facts if fact.term == "Därför får vi göra det"]
    assert [line.text for line in basis.lines] == [
        "Vi måste, enligt bokföringslagen (1999:1078) (rättslig förpliktelse, artikel\u00a06.1\u00a0c)."
    ]


def test_firm_without_an_officer_says_so_and_one_with_names_them() -> None:
    officers = [
        _notice(NEWSLETTER, controller=replace(ANNA, officer=officer)).said()["13(1)(b)"]
        for officer in ("", "Karin, 070-1")
    ]
    assert officers[0][0].startswith("Vi har inget dataskyddsombud.")
    assert officers[1] == ("Karin, 070-1",)


def test_data_that_stays_within_the_eu_is_said_to_stay() -> None:
    assert _notice(NEWSLETTER).said()["13(1)(f)"] == (
        "Dina uppgifter stannar inom EU och EES (Norge, Island och Liechtenstein).",
    )


def test_data_that_leaves_the_eu_names_country_and_safeguard() -> None:
    purpose = _with(recipients=(Receiver("Mailchimp", processor=True, country="US", safeguard="A46-2-c"),))
    first, general = _notice(purpose).said()["13(1)(f)"]
    assert first == (
        "Mailchimp, i USA. Det är tillåtet eftersom EU-kommissionens standardavtalsklausuler är påskrivna av"
        " mottagaren (artikel\u00a046.2\u00a0c)."
    )
    assert general.startswith("Uppgifter kan lämna EU och EES när vi använder dem till: ”Nyhetsbrev”.")


def test_those_who_help_are_told_from_those_who_answer_themselves() -> None:
    purpose = _with(recipients=(Receiver("Fortnox", processor=True), Receiver("bank")))
    assert [text.rpartition(": ")[2] for text in _notice(purpose).said()["13(1)(e)"]] == ["Fortnox.", "bank."]
    assert _notice(NEWSLETTER).said()["13(1)(e)"] == ("Ingen utanför Annas Coaching.",)


def test_withdrawal_is_told_where_something_rests_on_consent() -> None:
    rights = {
        basis: _notice(_with(legal_basis=basis)).said()["13(2)(c)"][0].startswith("Ta tillbaka")
        for basis in ("a", "b")
    }
    assert rights == {"a": True, "b": False}
    explicit = _notice(_with(legal_basis="b", special_basis="a")).said()["13(2)(c)"]
    assert explicit[0].startswith("Ta tillbaka")


@pytest.mark.parametrize(
    ("basis", "words"),
    [("a", (True, False)), ("b", (True, False)), ("e", (False, True)), ("c", (False, False))],
)
def test_portability_and_objection_are_told_where_they_apply(basis: str, words: tuple[bool, bool]) -> None:
    rights = "\n".join(_notice(_with(legal_basis=basis, law="lagen")).said()["13(2)(b)"])
    assert ("Få med dig uppgifter" in rights, "Invända när" in rights) == words


def test_advertising_can_always_be_refused() -> None:
    assert "Säga nej till reklam." in "\n".join(
        _notice(_with(legal_basis="c", law="lagen")).said()["13(2)(b)"]
    )


@pytest.mark.parametrize(
    ("country", "name"), [("SE", "(IMY), www.imy.se"), ("DK", "Datatilsynet, www.datatilsynet.dk")]
)
def test_complaint_goes_to_the_authority_of_the_firms_country(country: str, name: str) -> None:
    [complaint] = _notice(NEWSLETTER, controller=replace(ANNA, country=country)).said()["13(2)(d)"]
    assert name in complaint


def test_data_from_others_names_them() -> None:
    told = _notice(_with(sources=("fair", "Företagsregistret"))).said()["14(2)(f)"]
    assert told[0] == "Från dig, men också från: mässor och möten samt Företagsregistret."
    assert told[2].startswith("När vi använder uppgifter till ”Nyhetsbrev” kommer de också från andra.")


def test_decision_by_computer_is_told_with_its_meaning() -> None:
    decided = "Datorn räknar ut om du får faktura. Du kan be oss göra om det."
    purpose = replace(NEWSLETTER, words=replace(NEWSLETTER.words, automated=decided))
    told = _notice(purpose).said()["13(2)(f)"]
    assert told[0] == decided
    assert told[1].startswith(
        "Datorn fattar beslut på egen hand när vi använder uppgifter till: ”Nyhetsbrev”."
    )
    assert _notice(NEWSLETTER).said()["13(2)(f)"][0].startswith("Inget beslut om dig fattas av en dator")


def test_sensitive_data_tells_why_and_by_which_ground() -> None:
    words = replace(NEWSLETTER.words, special="Vi behöver veta om allergier.")
    notice = _notice(replace(_with(special_basis="h"), words=words))
    assert "Vi behöver veta om allergier." in notice.said()["13(1)(c)"]
    assert "(artikel\u00a09.2\u00a0h)" in _texts(notice)


def test_notice_says_from_when_it_applies() -> None:
    dated = [_notice(NEWSLETTER, language=language).dated for language in LANGUAGES]
    assert dated == [
        "Gäller från den 22 november 2026",
        "Gælder fra den 22. november 2026",
        "Applies from 22 November 2026",
    ]


def test_notice_with_gaps_is_refused() -> None:
    with pytest.raises(Incomplete):
        _notice(_with(legal_basis="f"))


def test_notice_asks_no_language_but_its_own() -> None:
    """It is made for customers, whatever language the owner reads."""
    with translation.override("da"):
        assert _notice(NEWSLETTER).title == "Så hanterar vi dina personuppgifter"
