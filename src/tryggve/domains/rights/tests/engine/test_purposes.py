import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.rights.engine import purposes
from tryggve.domains.rights.engine.gaps import Gap, Incomplete, gaps, whole
from tryggve.domains.rights.engine.purposes import (
    Controller,
    Facts,
    Purpose,
    Receiver,
    UnreadablePurpose,
    Words,
    from_documents,
    to_document,
)
from tryggve.domains.rights.tests.engine import papers_of_law
from tryggve.domains.rights.tests.engine.papers_of_law import ANNA, NEWSLETTER

WORDS = {
    "name": "Nyhetsbrev",
    "description": "Vi skickar.",
    "keeping": "Sedan inte.",
    "consequence": "Inget brev.",
}
FACTS = {"legal_basis": "a", "persons": ["subscriber"], "data": ["name"], "retention": "no-contact-2-years"}
_leaf = st.none() | st.booleans() | st.integers() | st.sampled_from(["a", "name", "US", ""])
_json = (
    _leaf
    | st.lists(_leaf, max_size=2)
    | st.lists(st.dictionaries(st.sampled_from(["name", "x"]), _leaf), max_size=2)
)
_names = st.sampled_from(
    [*FACTS, "recipients", "sources", "required", "law", "special_basis", "fields", "dpv"]
)


@given(papers_of_law.facts, papers_of_law.words)
def test_purpose_comes_back_from_json_as_it_was(facts: Facts, words: Words) -> None:
    kept = json.loads(json.dumps([to_document(facts), {"sv": to_document(words)}]))
    assert from_documents("own", facts=kept[0], words=kept[1], language="sv") == Purpose("own", facts, words)


def test_purpose_is_told_in_the_first_language_where_the_one_asked_for_is_missing() -> None:
    words = {"da": {**WORDS, "name": "Nyhedsbrev"}, "sv": WORDS}
    names = [
        from_documents("own", facts=FACTS, words=words, language=language).words.name
        for language in ("sv", "en")
    ]
    assert names == ["Nyhetsbrev", "Nyhedsbrev"]


@pytest.mark.parametrize(
    "facts",
    [
        {**FACTS, "colour": "blue"},
        {**FACTS, "legal_basis": "g"},
        {**FACTS, "legal_basis": ["a"]},
        {**FACTS, "required": "maybe"},
        {**FACTS, "persons": "subscriber"},
        {**FACTS, "data": [1]},
        {**FACTS, "retention": 3},
        {**FACTS, "recipients": ["Fortnox"]},
        {**FACTS, "recipients": [{"processor": True}]},
        {**FACTS, "recipients": [{"name": "Fortnox", "processor": "yes"}]},
        {**FACTS, "recipients": [{"name": "Fortnox", "town": "Växjö"}]},
        {"legal_basis": "a"},
        {},
    ],
)
def test_facts_of_another_shape_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(UnreadablePurpose):
        from_documents("own", facts=facts, words={"sv": WORDS}, language="sv")


@pytest.mark.parametrize(
    "words", [{}, {"sv": {}}, {"sv": {**WORDS, "tone": "kind"}}, {"sv": {**WORDS, "name": 1}}]
)
def test_words_of_another_shape_are_refused(words: dict[str, Any]) -> None:
    with pytest.raises(UnreadablePurpose):
        from_documents("own", facts=FACTS, words=words, language="sv")


@given(st.dictionaries(_names, _json, max_size=3))
def test_any_json_is_read_or_refused(facts: dict[str, Any]) -> None:
    try:
        purposes.facts_from(FACTS | facts)
    except UnreadablePurpose:
        return


def test_firm_with_name_address_and_a_purpose_has_no_gap() -> None:
    assert list(gaps(ANNA, [NEWSLETTER])) == []
    assert whole(ANNA, [NEWSLETTER]) == (ANNA, (NEWSLETTER,))


def test_firm_without_name_or_contact_or_purpose_has_gaps() -> None:
    assert list(gaps(Controller(firm=" ", country="SE"), [])) == [
        Gap("", "firm"),
        Gap("", "contact"),
        Gap("", "purposes"),
    ]


@pytest.mark.parametrize("field", ["name", "description", "keeping", "consequence"])
@pytest.mark.parametrize("nothing", ["", " ", "\u202e", "\x00\n"])
def test_purpose_without_a_sentence_has_a_gap(field: str, nothing: str) -> None:
    words = replace(NEWSLETTER.words, **{field: nothing})
    assert list(gaps(ANNA, [replace(NEWSLETTER, words=words)])) == [Gap("newsletter", field)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"legal_basis": "f"}, "interest"),
        ({"legal_basis": "c"}, "law"),
        ({"persons": ()}, "persons"),
        ({"data": ("", " ")}, "data"),
        ({"retention": ""}, "retention"),
        ({"data": ("email", "health")}, "special_basis"),
        ({"recipients": (Receiver(" "),)}, "recipients"),
        ({"recipients": (Receiver("Mailchimp", country="US"),)}, "safeguard"),
    ],
)
def test_purpose_without_what_the_law_wants_has_a_gap(changed: dict[str, Any], field: str) -> None:
    purpose = replace(NEWSLETTER, facts=replace(NEWSLETTER.facts, **changed))
    with pytest.raises(Incomplete) as refused:
        whole(ANNA, [purpose])
    assert refused.value.gaps == (Gap("newsletter", field),)
