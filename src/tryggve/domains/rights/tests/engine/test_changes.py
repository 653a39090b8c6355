from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.rights.engine.changes import Change, changes, fingerprint, firm_changes, sentences
from tryggve.domains.rights.engine.notice import privacy_notice
from tryggve.domains.rights.engine.papers import paper as papers
from tryggve.domains.rights.engine.purposes import Controller, Language, Purpose, Receiver
from tryggve.domains.rights.tests.engine import papers_of_law
from tryggve.domains.rights.tests.engine.papers_of_law import ANNA, DAY, NEWSLETTER, notice_of, record_of

MARCH = date(2026, 3, 3)
BOOKS = replace(NEWSLETTER, code="books", words=replace(NEWSLETTER.words, name="Bokföring"))


def _print(*purposes: Purpose, controller: Controller = ANNA, made_on: date = DAY) -> str:
    return fingerprint(privacy_notice(controller, purposes, language="sv", made_on=made_on))


def test_fingerprint_stays_from_day_to_day_and_version_to_version() -> None:
    assert _print(NEWSLETTER) == _print(NEWSLETTER, made_on=DAY + timedelta(days=400))
    assert len(_print(NEWSLETTER)) == 64


def test_fingerprint_is_another_when_something_is_told_otherwise() -> None:
    longer = replace(NEWSLETTER, facts=replace(NEWSLETTER.facts, retention="no-contact-3-years"))
    prints = {_print(NEWSLETTER), _print(longer), _print(NEWSLETTER, BOOKS), _print(BOOKS, NEWSLETTER)}
    assert len(prints) == 4


def test_fingerprint_asks_only_what_is_told() -> None:
    """What a purpose needs of a card, and its identifiers, stand in no notice."""
    quiet = replace(NEWSLETTER, facts=replace(NEWSLETTER.facts, fields=("name",), dpv=("dpv:Marketing",)))
    assert _print(quiet) == _print(NEWSLETTER)


@pytest.mark.parametrize("paper", [notice_of("clinic"), record_of("shop", country="DK", language="da")])
def test_paper_comes_back_from_what_was_kept(paper: papers.Paper) -> None:
    kept = papers.from_document(papers.to_document(paper))
    assert (kept, fingerprint(kept)) == (paper, fingerprint(paper))


def test_paper_of_another_shape_is_refused() -> None:
    document = papers.to_document(notice_of("coach"))
    for broken in (
        {},
        {**document, "made_on": "today"},
        {**document, "sections": [{}]},
        {**document, "more": 1},
    ):
        with pytest.raises(papers.UnreadablePaper):
            papers.from_document(broken)


def test_same_purposes_have_no_changes() -> None:
    assert changes([NEWSLETTER, BOOKS], [BOOKS, NEWSLETTER], kind="notice", language="sv") == ()


def test_purpose_that_was_added_isnt_mentioned_by_the_notice_of_then() -> None:
    found = changes([BOOKS], [BOOKS, NEWSLETTER], kind="notice", language="sv")
    assert found == (Change("added", "newsletter", "Nyhetsbrev"),)
    assert sentences(found, kind="notice", made_on=MARCH, language="sv") == (
        "Integritetspolicyn från den 3 mars 2026 nämner inte ”Nyhetsbrev”.",
    )
    assert sentences(found, kind="record", made_on=MARCH, language="da") == (
        "Fortegnelsen fra den 3. marts 2026 nævner ikke »Nyhetsbrev«.",
    )


def test_purpose_that_has_ended_is_still_mentioned() -> None:
    found = changes([NEWSLETTER, BOOKS], [BOOKS], kind="notice", language="en")
    assert sentences(found, kind="notice", made_on=MARCH, language="en") == (
        "The privacy notice of 3 March 2026 mentions “Nyhetsbrev”, which is no longer in use.",
    )


def test_change_of_a_field_is_told_with_before_and_after() -> None:
    new = replace(
        NEWSLETTER, facts=replace(NEWSLETTER.facts, recipients=(Receiver("Get a Newsletter", True),))
    )
    found = changes([NEWSLETTER], [new], kind="notice", language="sv")
    assert sentences(found, kind="notice", made_on=MARCH, language="sv") == (
        "”Nyhetsbrev”: vilka som får uppgifterna har ändrats sedan den 3 mars 2026. Då stod: inget."
        " Nu: Get a Newsletter (personuppgiftsbiträde).",
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"legal_basis": "b"}, "legal_basis"),
        ({"special_basis": "a"}, "special_basis"),
        ({"data": ("name",)}, "data"),
        ({"retention": "no-contact-1-years"}, "retention"),
        ({"required": "law"}, "required"),
        ({"sources": ("fair",)}, "sources"),
    ],
)
def test_each_fact_that_is_told_is_compared(changed: dict[str, object], field: str) -> None:
    new = replace(NEWSLETTER, facts=replace(NEWSLETTER.facts, **changed))  # type: ignore[arg-type]
    assert [one.field for one in changes([NEWSLETTER], [new], kind="notice", language="sv")] == [field]


def test_notice_and_record_tell_different_fields() -> None:
    persons = replace(NEWSLETTER, facts=replace(NEWSLETTER.facts, persons=("member",)))
    consequence = replace(NEWSLETTER, words=replace(NEWSLETTER.words, consequence="Inget händer."))
    found = {
        (kind, one.field)
        for kind in ("notice", "record")
        for new in (persons, consequence)
        for one in changes([NEWSLETTER], [new], kind=kind, language="sv")
    }
    assert found == {("record", "persons"), ("notice", "required")}


def test_change_of_the_firm_is_told() -> None:
    found = firm_changes(ANNA, replace(ANNA, phone="", officer="Karin"))
    assert sentences(found, kind="notice", made_on=MARCH, language="sv") == (
        "Telefonnumret har ändrats sedan den 3 mars 2026. Då stod: 070-123 45 67. Nu: inget.",
        "Dataskyddsombudet har ändrats sedan den 3 mars 2026. Då stod: inget. Nu: Karin.",
    )


@given(papers_of_law.sets_of_purposes, papers_of_law.sets_of_purposes, papers_of_law.languages)
def test_every_change_can_be_told(before: list[Purpose], after: list[Purpose], language: Language) -> None:
    found = changes(before, after, kind="notice", language=language)
    told = sentences(found, kind="notice", made_on=MARCH, language=language)
    assert len(told) == len(found)
    assert all(told)


@given(papers_of_law.purposes, papers_of_law.purposes, st.sampled_from(["notice", "record"]))
def test_document_that_reads_otherwise_has_a_change(one: Purpose, other: Purpose, kind: papers.Kind) -> None:
    other = replace(other, code=one.code)
    if _print(one) != _print(other):
        assert changes([one], [other], kind="notice", language="sv") != ()
