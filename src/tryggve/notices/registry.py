import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django_stubs_ext import StrOrPromise

LONGEST_CODE = 64
_CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9]+(-[a-z0-9]+)*")

_kinds: dict[str, "Kind"] = {}

# Of whom (the row's reference), when it was made, and the time now.
Judge = Callable[[str, datetime, datetime], bool]
_judges: dict[str, Judge] = {}


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


def only_while(kind: Kind) -> Callable[[Judge], Judge]:
    """Ask the function right before a message of that kind leaves; one that isn't wanted any more is thrown away.

    It may raise vault.Locked: then the message waits.
    """

    def register(judge: Judge) -> Judge:
        _judges[kind.code] = judge
        return judge

    return register


def is_wanted(code: str, *, recipient_ref: str, made_at: datetime, at: datetime) -> bool:
    """Whether a message of that kind may still leave. Raises what the one who is asked raises."""
    judge = _judges.get(code)
    return judge is None or judge(recipient_ref, made_at, at)


def kinds() -> Mapping[str, Kind]:
    """Every declared kind, by its code."""
    return MappingProxyType(_kinds)
