"""What people told of a source: where it lies and how to get in may tell of somebody, so it is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from tryggve import vault
from tryggve.domains.datamap import sealing
from tryggve.domains.datamap.models import Source

# So long one that was taken away can be taken back.
KEPT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says of a source. ``where``: the path of a folder. ``leave_out``: patterns as a shell has them."""

    title: str
    where: str
    leave_out: Sequence[str] = ()
    look_at: Sequence[str] = ()
    mailbox: dict[str, Any] = field(default_factory=dict, repr=False)


def opened(row: Source) -> Told:
    """Raises vault.CannotOpen and vault.Locked."""
    said = vault.keyring().open(bytes(row.told_sealed), bound_to=sealing.source_binding(row.pk))
    return Told(**sealing.from_bytes(said))


def sealed(source: UUID, key: UUID, told: Told) -> bytes:
    """Raises vault.Locked."""
    document = {
        "title": told.title,
        "where": told.where,
        "leave_out": list(told.leave_out),
        "look_at": list(told.look_at),
        "mailbox": told.mailbox,
    }
    return vault.keyring().seal(sealing.to_bytes(document), key=key, bound_to=sealing.source_binding(source))
