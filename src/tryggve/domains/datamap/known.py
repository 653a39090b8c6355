"""What is known of a source's files from the time before."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from tryggve import vault
from tryggve.domains.datamap import sealing
from tryggve.domains.datamap.models import File, Source
from tryggve.lib.errors import Missing

# Raised whenever the engine finds more, or less: files are looked into again.
RULES = 1
_Row = tuple[UUID, bytes | memoryview, int, str, str, datetime | None]


class NoSuchFile(Missing):
    """It isn't known, or isn't there any more."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies, and by what it is seen that it is the same. ``digest``: BLAKE2b of its content, in hex."""

    path: str
    size: int
    changed_ns: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    id: UUID
    place: Place
    rules: int
    state: str
    reason: str
    first_found_at: datetime | None


def files_of(source: Source) -> dict[str, Known]:
    """By path. A row that can't be opened is left out, so that its file is looked into anew. Raises vault.Locked."""
    rows = File.objects.filter(source=source).values_list(
        "pk", "place_sealed", "rules", "state", "not_scanned", "first_found_at"
    )
    return {one.place.path: one for one in _opened(source, rows.iterator())}


def _opened(source: Source, rows: Iterator[_Row]) -> Iterator[Known]:
    keys = vault.keyring().loaded([source.key_ref])
    for id, sealed, rules, state, reason, first_found_at in rows:
        try:
            said = keys.open(bytes(sealed), bound_to=sealing.place_binding(id, source.pk))
            place = Place(**sealing.from_bytes(said))
        except vault.CannotOpen:
            continue
        yield Known(id, place, rules, state, reason, first_found_at)


def place_of(row: File) -> Place:
    """Raises vault.CannotOpen and vault.Locked."""
    said = vault.keyring().open(
        bytes(row.place_sealed), bound_to=sealing.place_binding(row.pk, row.source_id)
    )
    return Place(**sealing.from_bytes(said))


def sealed(file: UUID, source: Source, place: Place) -> bytes:
    return vault.keyring().seal(
        sealing.to_bytes(asdict(place)), key=source.key_ref, bound_to=sealing.place_binding(file, source.pk)
    )
