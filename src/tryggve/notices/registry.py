import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django_stubs_ext import StrOrPromise

LONGEST_CODE = 64
_CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9]+(-[a-z0-9]+)*")

_kinds: dict[str, "Kind"] = {}


class BadKind(ValueError):
    """A kind of notice is declared wrongly or twice: a fault in the program, told at start."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One kind of message: what the outbox calls it, its subject, and the template of its text.

    ``lets_in``: whoever reads it can come in with it.
    """

    code: str
    title: StrOrPromise
    subject: StrOrPromise
    template: str
    lets_in: bool = False


def declare(
    code: str, title: StrOrPromise, *, subject: StrOrPromise, template: str, lets_in: bool = False
) -> Kind:
    """Make a kind ``domain.noun`` known; its code is never renamed.

    The subject may hold facts as ``%(name)s``; the template is plain text, and facts in it are not escaped as HTML.
    Belongs in the domain's ``notices.py``, as a constant. Raises BadKind.
    """
    if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise BadKind(f"{code!r} is not written domain.noun")
    if code in _kinds:
        raise BadKind(f"{code} is declared twice")
    _kinds[code] = kind = Kind(code, title, subject, template, lets_in)
    return kind


def kinds() -> Mapping[str, Kind]:
    """Every declared kind, by its code."""
    return MappingProxyType(_kinds)
