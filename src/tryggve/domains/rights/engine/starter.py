"""What companies of a sort usually keep personal data for, to begin with and to change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.calendars import law_files
from tryggve.domains.rights.engine.purposes import (
    LANGUAGES,
    Facts,
    Language,
    Purpose,
    Receiver,
    Words,
    facts_from,
    words_from,
)


class UnknownFirmKind(ValueError):
    """There is no starter set for that."""


@dataclass(frozen=True, slots=True)
class Starter:
    """A purpose to begin with: its words in every language."""

    code: str
    facts: Facts
    words: Mapping[Language, Words]

    def told_in(self, language: Language) -> Purpose:
        return Purpose(self.code, self.facts, self.words[language])


def firm_kinds() -> tuple[str, ...]:
    """The codes of the sorts of companies; ``labels.word("firm_kinds", …)`` names them."""
    return tuple(_told()["firm_kinds"])


def starter_set(firm_kind: str, *, country: str) -> tuple[Starter, ...]:
    """What such a company usually does, in the order in which it is told. Raises UnknownFirmKind."""
    return _starters(firm_kind, "purposes", country)


def further(firm_kind: str, *, country: str) -> tuple[Starter, ...]:
    """What some of them do besides. Raises UnknownFirmKind."""
    return _starters(firm_kind, "optional", country)


def _starters(firm_kind: str, part: str, country: str) -> tuple[Starter, ...]:
    if firm_kind not in _told()["firm_kinds"]:
        raise UnknownFirmKind(firm_kind)
    return tuple(_in_country(_told()["firm_kinds"][firm_kind][part], country))


def _in_country(codes: list[str], country: str) -> Iterator[Starter]:
    for code in codes:
        told = _told()["purposes"][code]
        if country in told.get("countries", [country]):
            words = {language: words_from(_words(language)[code]) for language in LANGUAGES}
            yield Starter(code, _facts(told, country), words)


def _facts(told: Mapping[str, Any], country: str) -> Facts:
    document = {name: value for name, value in told.items() if name != "countries"}
    retention = told["retention"]
    document["retention"] = retention if isinstance(retention, str) else retention[country]
    document["recipients"] = [_receiver(name) for name in told["recipients"]]
    if law := told.get("law"):
        document["law"] = f"{law}-{country}" if country in labels.facts()["laws"][law] else law
    return facts_from(document)


def _receiver(name: str) -> dict[str, Any]:
    known = labels.facts()["recipients"][name]
    receiver = Receiver(name, **known)
    return {field: getattr(receiver, field) for field in ("name", "processor", "country", "safeguard")}


@cache
def _told() -> Mapping[str, Any]:
    return law_files.read("purposes", "facts")


@cache
def _words(language: str) -> Mapping[str, Any]:
    return law_files.read("purposes", language)
