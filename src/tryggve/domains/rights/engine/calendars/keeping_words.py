from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tryggve.domains.rights.engine.calendars import law_files
from tryggve.domains.rights.engine.calendars.keeping_rules import Rule


@dataclass(frozen=True, slots=True)
class Words:
    """What a rule is called, the day that it counts from, and the reason, for a person who knows no law."""

    title: str
    counted_from: str
    why: str


def words_of(rule: Rule, *, language: str) -> Words:
    """The words of a rule in ``en``, ``sv`` or ``da``. Raises FileNotFoundError."""
    told = _words(language)[rule.written_as]
    return Words(**{name: text.replace("{n}", str(rule.amount)) for name, text in told.items()})


@cache
def _words(language: str) -> Mapping[str, Mapping[str, str]]:
    return law_files.read("retention/words", language)
