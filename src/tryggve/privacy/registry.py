import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model
from django_stubs_ext import StrOrPromise

from tryggve.privacy.export import Part
from tryggve.privacy.retention import RetentionRule
from tryggve.privacy.subjects import Kind

Exporter = Callable[[UUID], Iterable[Part]]
Eraser = Callable[[UUID], int]

_CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9]+(-[a-z0-9]+)*")

_holdings: dict[str, "Holding"] = {}


class BadHolding(ValueError):
    """A holding is declared wrongly or twice: a fault in the program, told at start."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Something that a domain holds about people of these kinds, in these models, that ends by one rule.

    ``given``: codes of the values that people gave themselves, which they may take elsewhere (GDPR art. 20(1)).
    ``unerased``: the ids of those about whom there is something to erase, where rows outlive the eraser on purpose;
    None where every row that names somebody is such.
    ``outside``: what names somebody and lies where no eraser reaches, as people find it: paths of files. Raises
    vault.CannotOpen and vault.Locked.
    """

    code: str
    title: StrOrPromise
    kinds: frozenset[Kind]
    models: frozenset[type[Model]]
    export: Exporter
    erase: Eraser
    retention: RetentionRule
    given: frozenset[str] = frozenset()
    unerased: Callable[[], Iterable[UUID]] | None = None
    outside: Callable[[UUID], Iterable[str]] | None = None

    @property
    def domain(self) -> str:
        return self.code.partition(".")[0]


def register(holding: Holding) -> None:
    """Make it known. Its code ``domain.what`` stands in exports and is never renamed. Raises BadHolding."""
    if not _CODE.fullmatch(holding.code):
        raise BadHolding(f"{holding.code!r} is not written domain.what")
    if holding.code in _holdings:
        raise BadHolding(f"{holding.code} is declared twice")
    if not holding.kinds:
        raise BadHolding(f"{holding.code} is about nobody")
    _holdings[holding.code] = holding


def holdings(kind: Kind | None = None) -> Sequence[Holding]:
    """Every holding, or those about people of that kind, in the order of their loading."""
    return [one for one in _holdings.values() if kind is None or kind in one.kinds]


def nobody() -> tuple[UUID, ...]:
    """What a holding has as ``unerased`` whose rows all outlive the person: nothing in them says who it was."""
    return ()


def with_the_key(person: UUID) -> int:
    """The eraser of what stays as it lies: sealed under the person's key, it ended when that was destroyed."""
    return 0
