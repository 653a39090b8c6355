"""Several files at once: first what would become of each, then each by itself: one that is refused stops none."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from tryggve.domains.datamap import known
from tryggve.domains.datamap.models import File, Source
from tryggve.domains.datamap.services import deleting, exact_files, reviewing
from tryggve.lib.errors import Missing, Refusal

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Would:
    """``path`` is empty where it can't be opened; ``refused`` is why it can't be deleted, empty where it can."""

    file: UUID
    path: str
    size: int
    persons: int
    refused: str


@dataclass(frozen=True, slots=True)
class Done:
    """Of how many it was done, and how many were left, by the sentence that says why."""

    done: int
    refused: Mapping[str, int]


def preview(files: Collection[UUID]) -> list[Would]:
    """What deleting them would do. Nothing is changed. Raises vault.Locked."""
    return [_would(row) for row in _there(files)]


def delete(files: Collection[UUID], *, actor: str, at: datetime) -> Done:
    """Each with a receipt. Raises vault.Locked."""
    return _each(files, lambda file: deleting.delete(file=file, actor=actor, at=at))


def review(files: Collection[UUID], *, reason: str, actor: str, at: datetime) -> Done:
    """All of them may stay from now on, for the same reason. Raises vault.Locked."""
    return _each(files, lambda file: reviewing.review(file=file, reason=reason, actor=actor, at=at))


def _each(files: Collection[UUID], deed: Callable[[UUID], object]) -> Done:
    done, refused = 0, Counter[str]()
    for file in list(files)[:MOST]:
        try:
            deed(file)
        except (Refusal, Missing) as refusal:
            refused[_in_words(refusal)] += 1
        else:
            done += 1
    return Done(done, refused)


def _there(files: Collection[UUID]) -> Sequence[File]:
    rows = File.objects.filter(pk__in=list(files)[:MOST], source__removed_at=None)
    return list(rows.exclude(state=File.State.GONE).select_related("source").order_by("-risk", "pk"))


def _would(row: File) -> Would:
    path = ""
    try:
        place = known.place_of(row)
        path = place.path
        if row.source.kind != Source.Kind.FOLDER:
            raise exact_files.NotOnDisk
        deleting.require_deletable(place)
    except (Refusal, Missing) as refusal:
        return Would(row.pk, path, row.size, row.persons, _in_words(refusal))
    return Would(row.pk, path, row.size, row.persons, "")


def _in_words(refusal: Refusal | Missing) -> str:
    return str(refusal) if isinstance(refusal, Refusal) else _("It isn't there any more.")
