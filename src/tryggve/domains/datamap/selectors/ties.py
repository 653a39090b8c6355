"""Which files name a customer: looked up each time, since what the register knows of somebody changes, as files do."""

from dataclasses import dataclass
from uuid import UUID

from tryggve import vault
from tryggve.domains.customers import api as customers
from tryggve.domains.datamap import index_file, known, value_tags
from tryggve.domains.datamap.models import File
from tryggve.domains.datamap.value_tags import Sort


@dataclass(frozen=True, slots=True)
class Tie:
    """A file that names somebody; ``by_name_alone``: it may be another person of that name."""

    file: UUID
    by_name_alone: bool


@dataclass(frozen=True, slots=True)
class NamedIn:
    """The same with where it lies; ``path`` is empty where that can't be read."""

    file: File
    path: str
    by_name_alone: bool


def files_naming(customer: UUID) -> list[Tie]:
    """By number, e-mail, telephone, and name; the surest first. Two questions. Raises vault.Locked."""
    if not index_file.is_there():
        return []
    found = index_file.files_with(value_tags.looked_up(customers.marks_of(customer)))
    return sorted(
        (
            Tie(file, by_name_alone=set(map(value_tags.sort_of, tags)) == {Sort.NAME})
            for file, tags in found.items()
        ),
        key=lambda one: (one.by_name_alone, one.file),
    )


def named_in(customer: UUID) -> list[NamedIn]:
    """Those of them that are there, with their paths. Three questions. Raises vault.Locked."""
    ties = {tie.file: tie for tie in files_naming(customer)}
    rows = File.objects.filter(pk__in=ties, source__removed_at=None).exclude(state=File.State.GONE)
    there = {row.pk: row for row in rows.select_related("source")}
    return [
        NamedIn(there[id], _path(there[id]), tie.by_name_alone) for id, tie in ties.items() if id in there
    ]


def _path(row: File) -> str:
    try:
        return known.place_of(row).path
    except vault.CannotOpen:
        return ""
