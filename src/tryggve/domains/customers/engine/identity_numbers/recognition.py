import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from tryggve.domains.customers.engine.identity_numbers import danish, finnish, norwegian, swedish
from tryggve.domains.customers.engine.identity_numbers.kinds import IdentityNumber, NotANumber

_Parser = Callable[[str, date], IdentityNumber]

_PARSERS: Mapping[str, Sequence[_Parser]] = {
    "SE": (swedish.parse,),
    "DK": (danish.parse,),
    "NO": (norwegian.parse,),
    "FI": (finnish.parse,),
}
_AFTER_PREFIX = {**_PARSERS, "SE": (swedish.parse, swedish.parse_for_tax)}
_PREFIX = re.compile(r"(SE|DK|NO|FI)[-:]?(.*)", re.DOTALL)
_HYPHENS = re.compile("[\u00ad\u2010-\u2015\u2212]")
_BETWEEN = re.compile(r"[\s./\u200b\u2060\ufeff]")
_LONGEST = 40
# What has no control digit is taken for itself only where it is at home, or where the country is named.
_UNCONTROLLED = frozenset({"dk_personal", "dk_replacement"})


def parse_number(text: str, *, country: str, on: date) -> IdentityNumber:
    """The number that somebody typed: spaces, hyphens and small letters as they like, the country before it if need be.

    ``country`` is the firm's: a number that looks like one of its own is held against its rules only. The others
    are tried for what looks like none, but for those without a control digit. ``on`` is today. Raises NotANumber.
    """
    typed = _typed(text)
    if prefixed := _PREFIX.fullmatch(typed):
        return _first_of(_AFTER_PREFIX[prefixed[1]], prefixed[2], on)
    try:
        return _first_of(_PARSERS.get(country, ()), typed, on)
    except NotANumber as refusal:
        if refusal.problem != "unknown":
            raise
    others = [_if_controlled(parser) for code in _PARSERS if code != country for parser in _PARSERS[code]]
    return _first_of(others, typed, on)


def _if_controlled(parser: _Parser) -> _Parser:
    def parse(typed: str, on: date) -> IdentityNumber:
        number = parser(typed, on)
        if number.kind in _UNCONTROLLED:
            raise NotANumber("unknown")
        return number

    return parse


def _typed(text: str) -> str:
    if len(text) > _LONGEST:
        raise NotANumber("unknown")
    plain = _HYPHENS.sub("-", unicodedata.normalize("NFKC", text))
    typed = _BETWEEN.sub("", plain).upper()
    if not typed.isascii():
        raise NotANumber("unknown")
    return typed


def _first_of(parsers: Sequence[_Parser], typed: str, on: date) -> IdentityNumber:
    """What the first that can says; else the first thing that is wrong with what looks like a number at all."""
    problems = []
    for parser in parsers:
        try:
            return parser(typed, on)
        except NotANumber as refusal:
            problems.append(refusal.problem)
    raise NotANumber(next((problem for problem in problems if problem != "unknown"), "unknown"))
