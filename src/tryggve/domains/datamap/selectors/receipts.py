"""What was deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator

from tryggve import vault
from tryggve.domains.datamap import sealing
from tryggve.domains.datamap.known import NoSuchFile, Place
from tryggve.domains.datamap.models import SafeCopy

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Receipt:
    """``place`` is None once the copy was destroyed."""

    row: SafeCopy
    place: Place | None

    @property
    def can_be_had_back(self) -> bool:
        return self.row.state == SafeCopy.State.KEPT

    @property
    def is_under_way(self) -> bool:
        return self.row.state == SafeCopy.State.DELETING


def page(number: str | None) -> "tuple[Page[SafeCopy], Sequence[Receipt]]":
    """The newest first. Raises vault.Locked."""
    found = Paginator(SafeCopy.objects.order_by("-deleted_at", "pk"), PER_PAGE).get_page(number)
    rows = list(found)
    keys = vault.keyring().loaded(row.key_ref for row in rows if row.key_ref)
    return found, [Receipt(row, _place(row, keys)) for row in rows]


def receipt(copy: UUID) -> Receipt:
    """Raises NoSuchFile and vault.Locked."""
    row = SafeCopy.objects.filter(pk=copy).first()
    if row is None:
        raise NoSuchFile(copy)
    return Receipt(row, _place(row, vault.keyring().loaded([row.key_ref] if row.key_ref else [])))


def _place(row: SafeCopy, keys: vault.Loaded) -> Place | None:
    if row.told_sealed is None:
        return None
    try:
        said = keys.open(bytes(row.told_sealed), bound_to=sealing.receipt_binding(row.pk))
    except vault.CannotOpen:
        return None
    return Place(**sealing.from_bytes(said))
