"""Taking back what an import wrote about a customer whom somebody changed since."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeVar

from tryggve.domains.customers.engine.details import Details

T = TypeVar("T")
_LISTS = ("emails", "phones", "addresses", "tags", "uids", "number_tags")
_TEXTS = tuple(one.name for one in fields(Details) if one.name not in (*_LISTS, "note", "custom"))


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The details without what the import wrote, and the fields in which somebody wrote something else over it."""

    details: Details
    kept: tuple[str, ...]


def taken_back(*, before: Details, after: Details, now: Details) -> TakenBack:
    """Field by field: what still stands as the import left it becomes what it was; all else stays.

    ``before`` and ``after`` are the details around the import. Of lists, notes and answers only what the import
    added goes, so that nothing is lost that somebody wrote since.
    """
    if now == after:
        return TakenBack(before, ())
    back: dict[str, Any] = {}
    kept: list[str] = []
    for name in (one.name for one in fields(Details)):
        was, written, stands = (getattr(one, name) for one in (before, after, now))
        if was == written:
            continue
        back[name], is_whole = _one_back(name, was, written, stands)
        if not is_whole:
            kept.append(name)
    return TakenBack(replace(now, **back), tuple(kept))


def _one_back(name: str, was: Any, written: Any, stands: Any) -> tuple[Any, bool]:
    """What the field becomes, and whether all that the import wrote was still in it."""
    if stands == written:
        return was, True
    if name in _TEXTS:
        return stands, False
    if name == "note":
        parts, is_whole = _list_back(_paragraphs(was), _paragraphs(written), _paragraphs(stands))
        return "\n\n".join(parts), is_whole
    return _list_back(was, written, stands)


def _list_back(was: Sequence[T], written: Sequence[T], stands: Sequence[T]) -> tuple[tuple[T, ...], bool]:
    """An import puts what is new at the end, and may fill in one that was there (an address gets its country)."""
    in_place = {one: was[at] for at, one in enumerate(written[: len(was)]) if one != was[at]}
    added = set(written[len(was) :])
    rest = tuple(in_place.get(one, one) for one in stands if one not in added)
    return rest, (added | set(in_place)).issubset(stands)


def _paragraphs(note: str) -> tuple[str, ...]:
    return tuple(note.split("\n\n")) if note else ()


@dataclass(frozen=True, slots=True)
class UndoTold:
    """What somebody ordered of an undo, and how far it came: counts, and the ids of those who are not as before.

    ``kept`` were made by the import and used since; of ``partly`` somebody wrote over what the import wrote.
    """

    ordered_by: str
    is_used_too: bool = False
    deleted: int = 0
    restored: int = 0
    kept: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        return json.dumps({"undo": asdict(self)}).encode()

    @classmethod
    def from_bytes(cls, document: bytes) -> "UndoTold":
        told = json.loads(document)["undo"]
        return cls(**{**told, "kept": tuple(told["kept"]), "partly": tuple(told["partly"])})

    def named(self) -> frozenset[str]:
        """The ids of customers whom it names."""
        return frozenset(self.kept + self.partly)

    def without(self, customers: Collection[str], _places: Collection[int]) -> "UndoTold":
        """The same without a word of these customers."""
        kept, partly = (
            tuple(one for one in those if one not in customers) for those in (self.kept, self.partly)
        )
        return replace(self, kept=kept, partly=partly)


def is_of_undo(document: bytes) -> bool:
    """Whether what was decided of an import is that it be undone."""
    return document.startswith(b'{"undo"')
