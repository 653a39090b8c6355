"""The questions as the files tell them."""

import pytest

from tryggve.domains.outreach.engine.questions import Answers, in_words, needs_somebody, questions

LANGUAGES = ("sv", "da", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_three_questions_with_words_for_each_answer(language: str) -> None:
    told = questions(language)
    assert [(one.code, one.kind, len(one.steps)) for one in told] == [
        ("safe", "scale", 5),
        ("better", "text", 0),
        ("contact", "yes-no", 0),
    ]
    assert [one.code for one in told if not one.asks] == []
    assert (told[2].yes != "", told[2].no != "", len(set(told[0].steps))) == (True, True, 5)


def test_no_language_asks_in_the_words_of_another() -> None:
    asked = [one.asks for language in LANGUAGES for one in questions(language)]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({"safe": 5, "contact": False}, False),
        ({"safe": 3}, False),
        ({"safe": 2}, True),
        ({"safe": 1}, True),
        ({"safe": 5, "better": "Lock the door."}, True),
        ({"safe": 5, "better": " "}, False),
        ({"safe": 5, "contact": True}, True),
        ({}, False),
    ],
)
def test_somebody_looks_into_what_is_bad_says_something_or_asks_for_a_word(
    answers: Answers, wanted: bool
) -> None:
    assert needs_somebody(answers) is wanted


def test_answers_are_told_in_words_and_what_was_left_open_is_left_out() -> None:
    told = in_words({"safe": 1, "better": "", "contact": False}, language="sv")
    assert [answer for _asks, answer in told] == ["Inte alls trygg", "Nej tack"]
