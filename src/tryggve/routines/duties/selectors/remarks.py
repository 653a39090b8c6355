"""What people wrote on doing a turn, on putting it off, or on switching a duty off."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tryggve import vault
from tryggve.routines.duties.models import Remark


@dataclass(frozen=True, slots=True)
class Told:
    """One remark, opened; ``text`` is None where it can't be any more."""

    turn: UUID | None
    duty: str
    on: str
    writer: UUID
    at: datetime
    text: str | None


def remarks_on(turn: UUID) -> list[Told]:
    """In their order. Raises as vault.staff_keyring does."""
    return _told(Remark.objects.filter(turn_id=turn), opened=_opened_or_none)


def remarks_about(duty: str, *, limit: int = 40) -> list[Told]:
    """The newest about that duty or any turn of it, in their order. Raises as vault.staff_keyring does."""
    rows = Remark.objects.filter(duty=duty).order_by("-written_at", "-pk")[:limit]
    return _told(rows, opened=_opened_or_none)


def remarks_by(writer: UUID) -> list[Told]:
    """All that one person wrote, in their order. Raises vault.CannotOpen, and as vault.staff_keyring does."""
    return _told(Remark.objects.filter(writer_ref=writer), opened=_opened)


def binding(remark: UUID, writer: UUID) -> vault.Binding:
    return vault.Binding(
        type_name="duties.remark",
        record=remark,
        subject=writer,
        part="details",
        revision=1,
        compartment=vault.STAFF,
    )


def _told(rows: Iterable[Remark], *, opened: Callable[[vault.Keyring, Remark], str | None]) -> list[Told]:
    ring = vault.staff_keyring()
    return [
        Told(
            turn=row.turn_id,
            duty=row.duty,
            on=row.on,
            writer=row.writer_ref,
            at=row.written_at,
            text=opened(ring, row),
        )
        for row in sorted(rows, key=lambda row: (row.written_at, row.pk))
    ]


def _opened(ring: vault.Keyring, row: Remark) -> str:
    return ring.open(bytes(row.text_sealed), bound_to=binding(row.pk, row.writer_ref)).decode()


def _opened_or_none(ring: vault.Keyring, row: Remark) -> str | None:
    try:
        return _opened(ring, row)
    except vault.CannotOpen:
        return None
