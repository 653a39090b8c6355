"""The purposes that come with the product: whole, in three languages, of codes that are known."""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import pytest

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.authorities import UnknownCountry, authority_of
from tryggve.domains.rights.engine.calendars import law_files
from tryggve.domains.rights.engine.calendars.keeping_rules import offered_rules, rule_called
from tryggve.domains.rights.engine.gaps import gaps
from tryggve.domains.rights.engine.purposes import LANGUAGES, Purpose
from tryggve.domains.rights.engine.starter import (
    Starter,
    UnknownFirmKind,
    firm_kinds,
    further,
    starter_set,
)
from tryggve.domains.rights.tests.engine.papers_of_law import ANNA, COUNTRIES

GROUPS_OF_FACTS = ("persons", "data", "recipients", "safeguards", "legal_bases", "special_bases", "measures")
# What of a card a purpose may need: the fields of customers' details, and the sensitive compartment.
FIELDS = {
    "name",
    "organisation",
    "job_title",
    "emails",
    "phones",
    "addresses",
    "note",
    "tags",
    "source",
    "status",
    "custom",
    "identity_number",
    "sensitive",
}
IDENTIFIER = re.compile(r"dpv:[A-Z][A-Za-z]+|pd:[A-Z][A-Za-z]+|eu-gdpr:A\d+(?:-\d)?(?:-[a-j])?")


def _texts(told: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{path}{name}.")
        elif isinstance(value, str):
            yield f"{path}{name}", value


def _all_starters(country: str) -> list[tuple[str, Starter]]:
    return [
        (kind, starter)
        for kind in firm_kinds()
        for starter in (*starter_set(kind, country=country), *further(kind, country=country))
    ]


def test_there_is_a_set_for_each_sort_of_firm() -> None:
    assert firm_kinds() == ("coach", "consultant", "craft", "shop", "clinic", "association")
    assert labels.known("firm_kinds") == firm_kinds()


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_set_has_four_to_eight_purposes(country: str) -> None:
    sizes = {kind: len(starter_set(kind, country=country)) for kind in firm_kinds()}
    assert {kind: size for kind, size in sizes.items() if not 4 <= size <= 8} == {}


def test_purpose_of_one_country_stands_in_no_other() -> None:
    codes = {
        country: [starter.code for starter in starter_set("craft", country=country)]
        for country in ("SE", "DK")
    }
    assert ("tax-deduction" in codes["SE"], "tax-deduction" in codes["DK"]) == (True, False)


def test_unknown_sort_of_firm_is_refused() -> None:
    with pytest.raises(UnknownFirmKind):
        starter_set("bank", country="SE")


@pytest.mark.parametrize("subject", ["purposes", "labels", "papers"])
def test_languages_say_the_same_things(subject: str) -> None:
    paths = {
        language: {path for path, _ in _texts(law_files.read(subject, language))} for language in LANGUAGES
    }
    assert paths["da"] == paths["sv"]
    assert paths["en"] == paths["sv"]


@pytest.mark.parametrize("subject", ["purposes", "labels", "papers"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(subject: str, language: str) -> None:
    assert [path for path, text in _texts(law_files.read(subject, language)) if not text.strip()] == []


def test_languages_fill_in_the_same_places() -> None:
    places = {
        language: {
            path: {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for path, text in _texts(law_files.read("papers", language))
        }
        for language in LANGUAGES
    }
    assert places["da"] == places["sv"]
    assert places["en"] == places["sv"]


def test_every_purpose_of_the_files_is_in_a_set() -> None:
    told = {starter.code for country in COUNTRIES for _, starter in _all_starters(country)}
    assert law_files.read("purposes", "facts")["purposes"].keys() == told
    assert law_files.read("purposes", "sv").keys() == told


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_the_law_wants_is_missing(country: str, language: Any) -> None:
    purposes = [starter.told_in(language) for _, starter in _all_starters(country)]
    assert list(gaps(ANNA, purposes)) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_code_of_a_purpose_is_known(country: str) -> None:
    unknown = [
        (starter.code, group, code)
        for _, starter in _all_starters(country)
        for group, codes in _codes(starter).items()
        for code in codes
        if code not in labels.words("en")[group]
    ]
    assert unknown == []


def _codes(starter: Starter) -> dict[str, list[str]]:
    facts = starter.facts
    return {
        "persons": list(facts.persons),
        "data": list(facts.data),
        "sources": list(facts.sources),
        "laws": [facts.law] if facts.law else [],
        "special_bases": [facts.special_basis] if facts.special_basis else [],
        "recipients": [receiver.name for receiver in facts.recipients],
        "countries": [receiver.country for receiver in facts.transfers],
        "safeguards": [receiver.safeguard for receiver in facts.transfers],
    }


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_rule_of_keeping_is_one_of_the_calendar(country: str) -> None:
    rules = {starter.facts.retention for _, starter in _all_starters(country)}
    assert {rule_called(rule).jurisdiction for rule in rules} <= {"EU", country}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_keeping_can_be_told_in_a_sentence(language: str) -> None:
    told = [labels.time_of(rule.code, language=language) for rule in offered_rules()]
    assert [sentence for sentence in told if "{" in sentence or not sentence] == []
    written = {rule.written_as for rule in offered_rules()} | {rule.code for rule in offered_rules()}
    assert labels.words(language)["keeping"].keys() - {"ending"} - written == set()


def test_number_of_years_stands_in_the_sentence() -> None:
    assert labels.time_of("after-assignment-4-years", language="en", ending="the purchase") == (
        "4 years after the purchase"
    )
    assert labels.time_of("after-assignment-1-years", language="sv") == "ett år efter att det är avslutat"


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_field_is_one_of_a_card(country: str) -> None:
    asked = {field for _, starter in _all_starters(country) for field in starter.facts.fields}
    assert asked - FIELDS == set()


@pytest.mark.parametrize("country", COUNTRIES)
def test_identity_number_and_health_lie_in_the_sensitive_compartment(country: str) -> None:
    open_to_all = [
        starter.code
        for _, starter in _all_starters(country)
        if {"identity-number", "health", "health-record", "session-notes"} & set(starter.facts.data)
        and not {"identity_number", "sensitive"} & set(starter.facts.fields)
    ]
    assert open_to_all == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_health_has_a_ground_in_article_9(country: str) -> None:
    without = [
        starter.code
        for _, starter in _all_starters(country)
        if {"health", "health-record"} & set(starter.facts.data) and not starter.facts.special_basis
    ]
    assert without == []


@pytest.mark.parametrize("group", GROUPS_OF_FACTS)
def test_facts_and_words_of_labels_have_the_same_codes(group: Any) -> None:
    assert labels.facts()[group].keys() == set(labels.known(group))


def test_sources_and_laws_have_words() -> None:
    assert labels.facts()["sources"]["codes"] == list(labels.known("sources"))
    laws = {
        f"{law}-{country}".rstrip("-") for law, there in labels.facts()["laws"].items() for country in there
    }
    assert laws == set(labels.known("laws"))


def test_purposes_and_labels_keep_identifiers_of_the_vocabulary() -> None:
    of_labels = [
        identifier
        for group in ("persons", "data", "safeguards", "legal_bases", "special_bases", "measures")
        for code in labels.known(group)
        for identifier in labels.identifiers(group, code) or ("none",)
    ]
    of_purposes = [
        identifier for _, starter in _all_starters("SE") for identifier in starter.facts.dpv or ("none",)
    ]
    assert [found for found in (*of_labels, *of_purposes) if not IDENTIFIER.fullmatch(found)] == []


def test_identifier_of_the_firms_own_word_is_none() -> None:
    assert labels.identifiers("persons", "grannar") == ()
    assert labels.word("persons", "grannar", language="da") == "grannar"


def test_own_measures_are_told_from_those_of_the_product() -> None:
    assert labels.firms_own_measures() == {
        "backups",
        "disk-encryption",
        "updates",
        "training",
        "agreements",
        "restore-tests",
    }


@pytest.mark.parametrize("country", COUNTRIES)
def test_authority_can_be_reached(country: str) -> None:
    authority = authority_of(country)
    empty = [field.name for field in fields(authority) if not getattr(authority, field.name)]
    assert empty == []
    assert authority.contact.startswith(authority.name)


@pytest.mark.parametrize("country", ["US", "checked", ""])
def test_country_without_a_known_authority_is_refused(country: str) -> None:
    with pytest.raises(UnknownCountry):
        authority_of(country)


def test_starter_is_told_in_the_language_asked_for() -> None:
    starter = next(starter for starter in starter_set("shop", country="DK") if starter.code == "bookkeeping")
    assert starter.told_in("da") == Purpose("bookkeeping", starter.facts, starter.words["da"])
    assert [starter.words[language].name for language in LANGUAGES] == [
        "Fakturor och bokföring",
        "Fakturaer og bogføring",
        "Invoices and bookkeeping",
    ]
    assert (starter.facts.law, starter.facts.retention) == ("bookkeeping-DK", "dk-bookkeeping")
