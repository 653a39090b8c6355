"""What people wrote on doing a turn, on putting it off, or on switching a duty off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tryggve import vault
from tryggve.routines.duties.models import Remark


@dataclass(frozen=True, slots=True)
class Told:
    """One remark, opened."""

    turn: UUID | None
    duty: str
    on: str
    writer: UUID
    at: datetime
    text: str


def remarks_on(turn: UUID) -> list[Told]:
    """In their order. Raises vault.CannotOpen, and as vault.staff_keyring does."""
    return _opened(Remark.objects.filter(turn_id=turn))


def remarks_about(duty: str, *, limit: int = 40) -> list[Told]:
    """The newest about that duty or any turn of it, in their order."""
    return _opened(Remark.objects.filter(duty=duty).order_by("-written_at", "-pk")[:limit])


def remarks_by(writer: UUID) -> list[Told]:
    """The same, of one person."""
    return _opened(Remark.objects.filter(writer_ref=writer))


def binding(remark: UUID, writer: UUID) -> vault.Binding:
    return vault.Binding(
        type_name="duties.remark",
        record=remark,
        subject=writer,
        part="details",
        revision=1,
        compartment=vault.STAFF,
    )


def _opened(rows: Iterable[Remark]) -> list[Told]:
    ring = vault.staff_keyring()
    return [
        Told(
            turn=row.turn_id,
            duty=row.duty,
            on=row.on,
            writer=row.writer_ref,
            at=row.written_at,
            text=ring.open(bytes(row.text_sealed), bound_to=binding(row.pk, row.writer_ref)).decode(),
        )
        for row in sorted(rows, key=lambda row: (row.written_at, row.pk))
    ]
