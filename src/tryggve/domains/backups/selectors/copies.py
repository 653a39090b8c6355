"""The copies that lie in the places, pair by pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet

from tryggve.domains.backups.models import Copy, Run
from tryggve.domains.backups.selectors import taken
from tryggve.lib.errors import Missing

ON_A_PAGE: Final = 30


class NoSuchCopy(Missing):
    """No run of that id brought anything that still lies somewhere."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a run brought to one place; ``cause`` says by its code why it didn't."""

    place: UUID
    place_title: str
    kind: Copy.Kind
    at: datetime
    cause: str
    is_forgotten: bool

    @property
    def is_there(self) -> bool:
        return not self.cause and not self.is_forgotten


@dataclass(frozen=True, slots=True)
class Pair:
    """One run with what it brought where."""

    id: UUID
    why: Run.Why
    state: Run.State
    began_at: datetime
    ended_at: datetime | None
    cause: str
    bytes_in_all: int
    bytes_added: int
    files: int
    parts: Sequence[Part]

    @property
    def data_places(self) -> Sequence[str]:
        """Titles of places where its data lies still."""
        return [one.place_title for one in self.parts if one.kind == Copy.Kind.DATA and one.is_there]

    @property
    def keys_places(self) -> Sequence[str]:
        """Titles of places where its keys lie still."""
        return [one.place_title for one in self.parts if one.kind == Copy.Kind.KEYS and one.is_there]

    @property
    def has_folders(self) -> bool:
        """Whether files of the firm's own can be had from it."""
        return any(one.kind == Copy.Kind.FOLDERS and one.is_there for one in self.parts)

    @property
    def has_failed_part(self) -> bool:
        return any(one.cause for one in self.parts)


def pairs(*, page: int) -> tuple[Sequence[Pair], "Page[Run]"]:
    """The newest first, those under way left out, with the page that they stand on. Three questions."""
    shown = Paginator(_runs(), ON_A_PAGE).get_page(page)
    return [_pair(one) for one in shown.object_list], shown


def pair(id: UUID) -> Pair:
    """One of them. Raises NoSuchCopy. Two questions."""
    found = _runs().filter(pk=id).first()
    if found is None:
        raise NoSuchCopy(id)
    return _pair(found)


def suspicious(id: UUID) -> Run:
    """A run with signs that nobody has answered. Raises NoSuchCopy. One question."""
    found = taken.unanswered().filter(pk=id).first()
    if found is None:
        raise NoSuchCopy(id)
    return found


def _runs() -> QuerySet[Run]:
    parts = Copy.objects.select_related("place").order_by("place__added_at", "kind")
    return (
        Run.objects.exclude(why=Run.Why.ERASURE)
        .exclude(state__in=[Run.State.WAITING, Run.State.RUNNING])
        .prefetch_related(Prefetch("copies", queryset=parts))
    )


def _pair(run: Run) -> Pair:
    parts = [
        Part(
            one.place_id,
            one.place.title,
            Copy.Kind(one.kind),
            one.at,
            one.cause,
            one.forgotten_at is not None,
        )
        for one in run.copies.all()
    ]
    return Pair(
        run.pk,
        Run.Why(run.why),
        Run.State(run.state),
        run.began_at,
        run.ended_at,
        run.cause,
        run.bytes_in_all,
        run.bytes_added,
        run.files,
        parts,
    )
