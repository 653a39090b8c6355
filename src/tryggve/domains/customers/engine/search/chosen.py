import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal, get_args
from uuid import UUID

from tryggve.domains.customers.engine.details import Kind, Status
from tryggve.domains.customers.engine.search.filters import Filter, Lacking, Order

Period = Literal["", "7", "30", "90", "365"]
NOBODY = "nobody"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom somebody wants to see, as chosen: codes, ids, days back from now, and tags as they are written.

    ``responsible`` is an account's id or "nobody", ``status`` "none" stands for those without.
    """

    kind: Kind | Literal[""] = ""
    status: Status | Literal["none"] = ""
    responsible: str = ""
    tags: tuple[str, ...] = ()
    added: Period = ""
    changed: Period = ""
    lacking: Lacking | Literal[""] = ""
    sort: Order = "name"

    def filter(self, at: datetime) -> Filter:
        return Filter(
            kind=self.kind or None,
            status=self.status,
            tags=self.tags,
            looked_after_by=_people(self.responsible),
            created_since=_days_before(at, self.added),
            changed_since=_days_before(at, self.changed),
            lacking=self.lacking or None,
        )

    def to_json(self) -> dict[str, Any]:
        """What isn't as it is without a choice."""
        return {name: value for name, value in asdict(self).items() if value != getattr(NOTHING, name)}

    @classmethod
    def from_json(cls, there: dict[str, Any]) -> "Chosen":
        """The same again; a code that this version doesn't know is left out."""
        known = {name: there[name] for name in _NAMES if name in there and name not in _CODES}
        codes = {name: there[name] for name, allowed in _CODES.items() if there.get(name) in allowed}
        return cls(**known | codes | {"tags": tuple(there.get("tags", ()))})


NOTHING = Chosen()
_NAMES = tuple(field.name for field in fields(Chosen))
_CODES: dict[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "status": (*get_args(Status), NONE),
    "added": get_args(Period),
    "changed": get_args(Period),
    "lacking": get_args(Lacking),
    "sort": get_args(Order),
}


@dataclass(frozen=True, slots=True)
class NamedChoice:
    """A choice that somebody gave a name: the content of a saved view."""

    name: str
    chosen: Chosen

    def to_bytes(self) -> bytes:
        written = {"name": self.name, "chosen": self.chosen.to_json()}
        return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, document: bytes) -> "NamedChoice":
        there: dict[str, Any] = json.loads(document.decode())
        return cls(there["name"], Chosen.from_json(there["chosen"]))


def _people(responsible: str) -> tuple[UUID | None, ...]:
    if not responsible:
        return ()
    return (None,) if responsible == NOBODY else (UUID(responsible),)


def _days_before(at: datetime, days: Period) -> int | None:
    return int((at - timedelta(days=int(days))).timestamp()) if days else None
