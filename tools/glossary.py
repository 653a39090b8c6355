"""The words of ``docs/glossary.md``, and whether a translation uses them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools import tree

_COLUMNS = ("en", "sv", "da")


@dataclass(frozen=True)
class Notion:
    """One row: the forms that each language has for the thing."""

    forms: dict[str, tuple[str, ...]]

    def is_said_in(self, english: str) -> bool:
        words = "|".join(map(re.escape, self.forms["en"]))
        return bool(re.search(rf"\b(?:{words})s?\b", english.casefold()))


def notions(root: Path = tree.ROOT) -> list[Notion]:
    """The rows that translations are held against; none without a glossary."""
    path = root / "docs" / "glossary.md"
    lines = path.read_text().splitlines() if path.exists() else []
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [
        Notion(
            {language: _forms(cell) for language, cell in zip(_COLUMNS, cells[: len(_COLUMNS)], strict=True)}
        )
        for cells in rows
        if cells[0] != "English" and not cells[0].startswith("-") and _is_checked(cells[0])
    ]


def faults(known: list[Notion], language: str, english: str, translation: str) -> Iterator[str]:
    """A line for each notion that the original names and the translation calls something else."""
    said = re.sub(r"%\(\w+\)", "%", english)
    for notion in known:
        forms = notion.forms[language]
        if notion.is_said_in(said) and not any(form in translation.casefold() for form in forms):
            yield f"«{notion.forms['en'][0]}» is «{forms[0]}» in the glossary, not in «{translation}»"


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(form.strip().casefold() for form in cell.split(","))


def _is_checked(english: str) -> bool:
    return not english.startswith("to ") and "(" not in english
