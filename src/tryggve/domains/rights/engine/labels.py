"""The short words of which purposes are made, by code: who, what, to whom, from where, under which article.

What has no code is the company's own word, and stands as it was written in every language.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

from tryggve.domains.rights.engine.calendars import law_files
from tryggve.domains.rights.engine.calendars.keeping_rules import rule_called

Group = Literal[
    "persons",
    "data",
    "recipients",
    "sources",
    "safeguards",
    "countries",
    "legal_bases",
    "special_bases",
    "measures",
    "laws",
    "firm_kinds",
    "fields",
]


def word(group: Group, code: str, *, language: str) -> str:
    """What a code is called, in the middle of a sentence; the code itself when it is the company's own word."""
    return str(words(language)[group].get(code, code))


def known(group: Group) -> tuple[str, ...]:
    """The codes to choose among, in the order in which they are offered."""
    return tuple(words("en")[group])


def identifiers(group: Group, code: str) -> tuple[str, ...]:
    """What the W3C Data Privacy Vocabulary 2.3 calls it; empty where it has no word."""
    told = facts().get(group, {}).get(code, [])
    return tuple(
        told["dpv"] if isinstance(told, dict) and "dpv" in told else told if isinstance(told, list) else ()
    )


def time_of(rule: str, *, language: str, ending: str = "") -> str:
    """Until when something is kept, as it stands in a sentence: «3 years after the purchase». Raises UnknownRule.

    ``ending``: what the time counts from, where the rule leaves it open.
    """
    found = rule_called(rule)
    told = words(language)["keeping"]
    sentence = str(told.get(rule) or told[found.written_as])
    return sentence.replace("{n}", str(found.amount)).replace("{end}", ending or told["ending"])


def is_sensitive(data: Iterable[str]) -> bool:
    """Whether any of these codes is of a special category (GDPR art. 9(1)); the company's own words can't tell."""
    return not frozenset(facts()["sensitive"]["data"]).isdisjoint(data)


def firms_own_measures() -> frozenset[str]:
    """The codes of measures that the company itself answers for; the product does the others."""
    return frozenset(code for code, told in facts()["measures"].items() if told["by"] == "firm")


@cache
def facts() -> Mapping[str, Any]:
    """The file of facts, as it stands."""
    return law_files.read("labels", "facts")


@cache
def words(language: str) -> Mapping[str, Any]:
    """The file of a language, as it stands. Raises FileNotFoundError for another than sv, da and en."""
    return law_files.read("labels", language)
