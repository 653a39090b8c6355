"""The questions that customers are asked, from ``content/feedback``, and what their answers call for."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parents[1] / "content" / "feedback"

Kind = Literal["scale", "text", "yes-no"]
# By the question's code: a step of the scale, counted from 1; words; or yes and no.
Answers = Mapping[str, int | str | bool]


@dataclass(frozen=True, slots=True)
class Question:
    """One question in one language. ``low``: at this step of a scale somebody looks into it."""

    code: str
    kind: Kind
    asks: str
    help: str = ""
    steps: tuple[str, ...] = ()
    low: int = 0
    yes: str = ""
    no: str = ""


def questions(language: str) -> list[Question]:
    """In their order. Raises FileNotFoundError for a language without words."""
    words = _read(language)
    return [_question(told, words[told["code"]]) for told in _read("facts")["questions"]]


def needs_somebody(answers: Answers) -> bool:
    """Whether somebody who works here ought to look into it: it is bad, it says something, or asks for a word."""
    return any(_calls(one, answers[one.code]) for one in questions("en") if one.code in answers)


def in_words(answers: Answers, *, language: str) -> list[tuple[str, str]]:
    """Each question that was answered, and the answer."""
    return [
        (one.asks, _told(one, answers[one.code]))
        for one in questions(language)
        if answers.get(one.code) not in (None, "")
    ]


def _calls(one: Question, answer: int | str | bool) -> bool:
    if one.kind == "scale":
        return int(answer) <= one.low
    return bool(str(answer).strip()) if one.kind == "text" else bool(answer)


def _told(one: Question, answer: int | str | bool) -> str:
    if one.kind == "scale":
        return one.steps[int(answer) - 1]
    if one.kind == "yes-no":
        return one.yes if answer else one.no
    return str(answer)


def _question(told: Mapping[str, Any], words: Mapping[str, Any]) -> Question:
    return Question(
        code=told["code"],
        kind=told["kind"],
        low=told.get("low", 0),
        asks=words["asks"],
        help=words.get("help", ""),
        steps=tuple(words.get("steps", ())),
        yes=words.get("yes", ""),
        no=words.get("no", ""),
    )


@cache
def _read(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
