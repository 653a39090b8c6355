"""One SPF record, read as RFC 7208 §4.6 and §5 say it is written."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_VERSION = re.compile(r"v=spf1(?= |$)", re.IGNORECASE)
_MODIFIER = re.compile(r"([a-z][a-z0-9_.-]*)=(.*)", re.IGNORECASE)
_LENGTH = r"0|[1-9][0-9]{0,2}"
_DIRECTIVE = re.compile(
    rf"([+?~-]?)([a-z0-9]+)(?::(.*?))?((?:/({_LENGTH}))?(?://({_LENGTH}))?)", re.IGNORECASE
)
_ADDRESS = re.compile(rf"([+?~-]?)(ip4|ip6):([^/]+(?:/(?:{_LENGTH}))?)", re.IGNORECASE)
_MAY_HAVE_RANGE = {"a", "mx"}
_NEEDS_VALUE = {"include", "exists"}
_MECHANISMS = {"all", "ptr", *_MAY_HAVE_RANGE, *_NEEDS_VALUE}
# Whoever lets in more than this of the whole net lets in everybody.
_WIDEST = {4: 8, 6: 19}
_WHOLE = {4: 32, 6: 128}


class BadRecord(ValueError):
    """It says nothing that receivers of mail can act on: to them it is a fault for good."""


@dataclass(frozen=True, slots=True)
class Term:
    """A mechanism with what it lets through: ``+`` pass, ``-`` fail, ``~`` softfail, ``?`` neutral.

    ``lengths`` are how many bits of an address count, by its version, around each that ``a`` and ``mx`` lead to.
    """

    qualifier: str
    mechanism: str
    value: str = ""
    lengths: Mapping[int, int] = field(default_factory=dict)

    @property
    def has_macro(self) -> bool:
        return "%" in self.value

    @property
    def is_too_wide(self) -> bool:
        return self.qualifier == "+" and any(
            bits < _WIDEST[version] for version, bits in self.lengths.items()
        )

    @property
    def is_for_anybody(self) -> bool:
        """Whether it lets everybody in as soon as its name leads anywhere: who sends isn't part of the question."""
        return self.mechanism == "exists" and self.qualifier == "+" and not self.has_macro


@dataclass(frozen=True, slots=True)
class Record:
    """The terms up to ``all``, which end it, and where it sends on to where there is no ``all``."""

    terms: tuple[Term, ...]
    redirect: str

    @property
    def ending(self) -> str:
        """The qualifier of ``all``; empty where there is none."""
        return self.terms[-1].qualifier if self.terms and self.terms[-1].mechanism == "all" else ""


def records_among(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Those texts of a domain that are SPF records (§4.5)."""
    return tuple(text for text in texts if _VERSION.match(text))


def read(text: str) -> Record:
    """What the record says. Raises BadRecord."""
    terms: list[Term] = []
    modifiers: dict[str, str] = {}
    for word in text.split(" ")[1:]:
        if found := _MODIFIER.fullmatch(word):
            name = found[1].lower()
            if name in modifiers and name in {"redirect", "exp"}:
                raise BadRecord
            modifiers[name] = found[2]
        elif word:
            terms.append(_term(word))
    if modifiers.get("redirect") == "":
        raise BadRecord
    return _ended(terms, modifiers.get("redirect", ""))


def _ended(terms: list[Term], redirect: str) -> Record:
    for place, term in enumerate(terms):
        if term.mechanism == "all":  # §5.1: what follows is never looked at, nor is redirect
            return Record(tuple(terms[: place + 1]), "")
    return Record(tuple(terms), redirect.lower().removesuffix("."))


def _term(word: str) -> Term:
    if found := _ADDRESS.fullmatch(word):
        network = _network(found[2].lower(), found[3])
        return Term(found[1] or "+", found[2].lower(), str(network), {network.version: network.prefixlen})
    found = _DIRECTIVE.fullmatch(word)
    if found is None or found[2].lower() not in _MECHANISMS:
        raise BadRecord
    mechanism, value = found[2].lower(), (found[3] or "").lower().removesuffix(".")
    _require_form(mechanism, found[3], value, found[4])
    return Term(found[1] or "+", mechanism, value, _lengths({4: found[5], 6: found[6]}))


def _require_form(mechanism: str, told: str | None, value: str, span: str) -> None:
    is_wrong = (
        (mechanism in _NEEDS_VALUE and not value)
        or (told is not None and not value)
        or (mechanism == "all" and told is not None)
        or (span and mechanism not in _MAY_HAVE_RANGE)
        or ("/" in value and "%" not in value)
    )
    if is_wrong:
        raise BadRecord


def _lengths(told: Mapping[int, str | None]) -> Mapping[int, int]:
    lengths = {version: int(bits) for version, bits in told.items() if bits is not None}
    if any(bits > _WHOLE[version] for version, bits in lengths.items()):
        raise BadRecord
    return lengths


def _network(mechanism: str, told: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    kind = ipaddress.IPv4Network if mechanism == "ip4" else ipaddress.IPv6Network
    try:
        return kind(told, strict=False)
    except ValueError:
        raise BadRecord from None
