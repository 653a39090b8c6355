"""A document about personal data as a plain structure: pages, PDF and Word files are made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["notice", "record", "package", "receipt", "consent"]


class UnreadablePaper(ValueError):
    """What is kept of a document has another shape than one has."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something said, and the items of the GDPR that ask for it: «13(1)(a)»."""

    text: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A heading at the side and what stands beside it. ``note`` is small print under the heading."""

    term: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Shown in this order: heading, lines, facts (two columns), points (a list), sections below it."""

    heading: str
    lines: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()
    points: tuple[Line, ...] = ()
    sections: tuple["Section", ...] = ()

    def all_lines(self) -> Iterator[Line]:
        """Everything that it and the sections below it say."""
        yield from self.lines
        yield from (line for fact in self.facts for line in fact.lines)
        yield from self.points
        yield from (line for section in self.sections for line in section.all_lines())


@dataclass(frozen=True, slots=True)
class Paper:
    """A privacy notice or a record of processing. ``dated`` says in words what ``made_on`` is."""

    kind: Kind
    language: str
    firm: str
    title: str
    dated: str
    made_on: date
    introduction: tuple[Line, ...]
    sections: tuple[Section, ...]

    def said(self) -> Mapping[str, tuple[str, ...]]:
        """What is said on each item of the GDPR."""
        found: dict[str, list[str]] = {}
        for line in (
            *self.introduction,
            *(line for section in self.sections for line in section.all_lines()),
        ):
            for article in line.articles:
                found.setdefault(article, []).append(line.text)
        return {article: tuple(texts) for article, texts in found.items()}


def to_document(paper: Paper) -> dict[str, Any]:
    """The same as JSON has it."""
    return {**asdict(paper), "made_on": paper.made_on.isoformat()}


def from_document(document: Mapping[str, Any]) -> Paper:
    """A document as it was kept. Raises UnreadablePaper."""
    try:
        told = dict(document)
        told["made_on"] = date.fromisoformat(told["made_on"])
        told["introduction"] = _lines(told["introduction"])
        told["sections"] = tuple(map(_section, told["sections"]))
        return Paper(**told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadablePaper(str(error)) from error


def _section(told: Mapping[str, Any]) -> Section:
    return Section(
        heading=told["heading"],
        lines=_lines(told["lines"]),
        facts=tuple(Fact(fact["term"], _lines(fact["lines"]), fact["note"]) for fact in told["facts"]),
        points=_lines(told["points"]),
        sections=tuple(map(_section, told["sections"])),
    )


def _lines(told: list[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(line["text"], tuple(line["articles"])) for line in told)
