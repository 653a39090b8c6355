"""Which of the register's customers somebody wants to see, and in what order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from tryggve.domains.customers.engine.details import Details, Kind, Status
from tryggve.domains.customers.engine.values.folding import fold

Order = Literal["name", "newest", "changed"]
Lacking = Literal["email", "phone", "address", "tags", "source"]

_STATUSES: tuple[Status, ...] = ("", "prospect", "customer", "former")
_LACKING: tuple[Lacking, ...] = ("email", "phone", "address", "tags", "source")
_ORGANISATION, _STATUS_AT, _LACKING_AT = 0b1, 1, 3
_STATUS_BITS = 0b110


class Beside(NamedTuple):
    """What a customer's row says in clear; times are seconds since 1970."""

    responsible: UUID | None = None
    created_at: int = 0
    changed_at: int = 0

    @classmethod
    def of(cls, responsible: UUID | None, created_at: datetime, changed_at: datetime) -> "Beside":
        return cls(responsible, int(created_at.timestamp()), int(changed_at.timestamp()))


class Facts(NamedTuple):
    """What a customer can be chosen and sorted by, kept in memory only."""

    code: int
    tags: tuple[str, ...]
    beside: Beside


@dataclass(frozen=True)
class Filter:
    """Everybody whom all of this fits; what is empty fits everybody.

    ``status`` "none" are those without one, ``looked_after_by`` None in a tuple those whom nobody looks after. Who
    has a tag has all of ``tags``, which are compared without case and accents. Times are seconds since 1970.
    """

    kind: Kind | None = None
    status: Status | Literal["none"] = ""
    tags: tuple[str, ...] = ()
    looked_after_by: tuple[UUID | None, ...] = ()
    created_since: int | None = None
    changed_since: int | None = None
    lacking: Lacking | None = None
    is_for_nobody: bool = False

    def fits(self, facts: Facts) -> bool:
        beside = facts.beside
        return (
            self.fits_code(facts.code)
            and self.fits_tags(facts.tags)
            and (not self.looked_after_by or beside.responsible in self.looked_after_by)
            and (self.created_since is None or beside.created_at >= self.created_since)
            and (self.changed_since is None or beside.changed_at >= self.changed_since)
        )

    def fits_code(self, code: int) -> bool:
        looked_at = wanted = 0
        if self.kind is not None:
            looked_at, wanted = _ORGANISATION, self.kind == "organisation"
        if self.status:
            status = "" if self.status == "none" else self.status
            looked_at, wanted = looked_at | _STATUS_BITS, wanted | _STATUSES.index(status) << _STATUS_AT
        if self.lacking is not None:
            bit = 1 << _LACKING_AT + _LACKING.index(self.lacking)
            looked_at, wanted = looked_at | bit, wanted | bit
        return code & looked_at == wanted and not self.is_for_nobody

    def fits_tags(self, tags: tuple[str, ...]) -> bool:
        return not self.tags or {tag_key(tag) for tag in self.tags} <= {tag_key(tag) for tag in tags}


EVERYTHING = Filter()


def facts_of(details: Details, beside: Beside) -> Facts:
    lacks = (
        not details.emails,
        not details.phones,
        not details.addresses,
        not details.tags,
        not details.source,
    )
    code = (details.kind == "organisation") | _STATUSES.index(details.status) << _STATUS_AT
    for place, is_lacking in enumerate(lacks):
        code |= is_lacking << _LACKING_AT + place
    return Facts(int(code), details.tags, beside)


def tag_key(tag: str) -> str:
    """What two ways of writing one tag have in common."""
    return " ".join(fold(tag).split())
