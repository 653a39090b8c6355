"""What is written to somebody who asks by right: drafts in each language, which people complete."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tryggve.domains.rights.engine.calendars import law_files
from tryggve.domains.rights.engine.purposes import LANGUAGES
from tryggve.lib.errors import Missing

_GAP = re.compile(r"\[\w+")


class NoSuchLetter(Missing):
    """There is no draft for that."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a text, plain; what the person at the screen must fill in stands in […]."""

    subject: str
    text: str


def draft(occasion: str, *, language: str, kind: str, facts: Mapping[str, str | date | None]) -> Letter:
    """The letter of an occasion (``extended``, ``done``, ``refused``, ``question``) about a kind of request.

    ``facts``: ``firm``, ``name``, ``authority``; ``received``, ``due`` and ``erased``, dates, or None for what people
    write. Raises NoSuchLetter.
    """
    words = _words(language)
    if occasion not in words["letters"] or kind not in words["asked"]:
        raise NoSuchLetter(f"{occasion} {kind}")
    letter = words["letters"][occasion]
    told = {name: _written(value, words) for name, value in facts.items()} | {"asked": words["asked"][kind]}
    body = letter.get(kind, letter["text"]).format(**told)
    frame = words["frame"]
    parts = (frame["greeting"].format(**told), body, frame["end"].format(**told))
    return Letter(letter["subject"].format(**told), "\n\n".join(parts) + "\n")


def has_gap(text: str) -> bool:
    """Whether something of a draft, in whatever language, is still to be written; other brackets are people's own."""
    return any(beginning in text for beginning in _beginnings_of_gaps())


def complaint(*, language: str, authority: str) -> str:
    """Where the person may complain, as a sentence: told with each refusal and extension (GDPR art. 12(4))."""
    return str(_words(language)["complaint"]).format(authority=authority)


def _written(value: str | date | None, words: Mapping[str, Any]) -> str:
    if isinstance(value, str):
        return value
    dates = words["dates"]
    if value is None:
        return str(dates["unknown"])
    return str(dates["written"]).format(
        day=value.day, month=dates["months"][value.month - 1], year=value.year
    )


@cache
def _beginnings_of_gaps() -> frozenset[str]:
    """The bracket and the first word after it, by which a gap is known that somebody has filled in half."""
    texts = [
        text
        for language in LANGUAGES
        for letter in _words(language)["letters"].values()
        for text in letter.values()
    ]
    return frozenset(found for text in texts for found in _GAP.findall(text))


@cache
def _words(language: str) -> dict[str, Any]:
    return law_files.read("case_letters", language)
