"""The protections and the pieces of advice that they come from, as the files of ``content`` tell them.

For most cases use ``controls_of`` (what a company of a size is counted by) and ``words`` (how one is told).
Facts stand in ``controls.toml`` and ``advice.toml``, words in one file for each language. They ship with the
product: a damaged one is a fault of the product and raises as it is read.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

FOLDER = Path(__file__).parent / "content"

# The first hour, the first month, and companies of more than ten or with rooms and collected logs.
Tier = Literal["hour", "month", "larger"]
# E3 is proved by a test with something planted, E2 observed, E1 known only from a person's word.
Level = Literal["E1", "E2", "E3"]
# D: the product does it, M: it measures it, G: it guides.
Part = Literal["D", "M", "G"]

TIERS: tuple[Tier, ...] = get_args(Tier)


class UnknownControl(LookupError):
    """No protection has that id."""


@dataclass(frozen=True, slots=True)
class Control:
    """One protection.

    ``frequency_days``: how often it is due, and so the longest that a person's word on it stands; ``on_event``:
    and at once when something changes. What is measured more often than people should be asked comes back
    with the quarterly self-check, after 91 days. ``weight``: how much risk it takes away, from 1 to 10, as we
    judge it; ``minutes``: what it takes to put it right. ``gdpr``: articles of the regulation; ``iso``: ISO/IEC
    27001:2022, Annex A (``A.5.2``) or a clause (``8.2``); ``cis``: safeguards of the CIS Controls v8;
    ``rows``: pieces of advice.
    """

    id: str
    area: str
    tier: Tier
    level: Level
    frequency_days: int
    on_event: bool
    weight: int
    minutes: int
    gdpr: tuple[str, ...]
    iso: tuple[str, ...]
    cis: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """One protection in one language.

    ``heading`` is the plain sentence, ``title`` the term to show in grey below it. ``shows`` is true of a
    measurement that passed, and not before. ``attest`` is the statement that a person puts their name to, empty
    where nobody's word is asked; ``not_applicable_hint`` says when it may be left out, empty where it never may.
    """

    heading: str
    title: str
    why: str
    how: tuple[str, ...]
    shows: str
    does_not_show: str
    attest: str
    not_applicable_hint: str


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice of a guide; ``section`` is a letter, ``guide`` a number of three digits."""

    row: int
    section: str
    guide: str
    parts: tuple[Part, ...]
    controls: tuple[str, ...]


@cache
def controls() -> tuple[Control, ...]:
    """All of them, in the order of the catalogue."""
    return tuple(_control(told) for told in _read("controls")["controls"])


def control(id: str) -> Control:
    """Raises UnknownControl."""
    if found := _by_id().get(id):
        return found
    raise UnknownControl(id)


def controls_of(tier: Tier) -> tuple[Control, ...]:
    """Those of a tier and of the tiers before it, in the order of the catalogue."""
    reached = TIERS[: TIERS.index(tier) + 1]
    return tuple(one for one in controls() if one.tier in reached)


def retired() -> tuple[str, ...]:
    """Ids that were in use once and are never given again."""
    return tuple(_read("controls")["retired"])


@cache
def words(id: str, language: str) -> Words:
    """Raises UnknownControl, and FileNotFoundError for a language that has none."""
    told = _read(language)["controls"][control(id).id]
    return Words(**{**told, "how": tuple(told["how"])})


def area_name(area: str, language: str) -> str:
    """What ``GOV`` and its like are called. Raises FileNotFoundError for a language that has no words."""
    return str(_read(language)["areas"][area])


@cache
def advice() -> tuple[Advice, ...]:
    """Every row of the guides, in order."""
    return tuple(_advice(told) for told in _read("advice")["rows"])


def advice_text(row: int, language: str) -> str:
    """What a row asks for, in one sentence. Raises KeyError, and FileNotFoundError as ``words`` does."""
    return str(_read(f"advice/{language}")["rows"][str(row)])


def section_name(section: str, language: str) -> str:
    """What the rows of a letter are about. Raises KeyError, and FileNotFoundError as ``words`` does."""
    return str(_read(f"advice/{language}")["sections"][section])


@cache
def _by_id() -> Mapping[str, Control]:
    return {one.id: one for one in controls()}


def _control(told: Mapping[str, Any]) -> Control:
    lists = {name: tuple(told[name]) for name in ("gdpr", "iso", "cis", "rows")}
    return Control(**{"on_event": False, **told, **lists})


def _advice(told: Mapping[str, Any]) -> Advice:
    return Advice(**{**told, "parts": tuple(told["parts"]), "controls": tuple(told["controls"])})


@cache
def _read(name: str) -> Mapping[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
