"""Taking customers out of the register as a file: written on its way, never laid down anywhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.accounts import staff_keys
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit import services as audit
from tryggve.domains.customers import actions
from tryggve.domains.customers.engine.export import csv_file, vcard_file, xlsx_file
from tryggve.domains.customers.engine.export.columns import Columns
from tryggve.domains.customers.engine.export.records import Record
from tryggve.domains.customers.selectors import custom_fields, exported
from tryggve.domains.customers.words import export as export_words
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal

Format = Literal["csv", "xlsx", "vcard"]
ENDINGS: dict[Format, str] = {"csv": "csv", "xlsx": "xlsx", "vcard": "vcf"}
MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "vcard": "text/vcard; charset=utf-8",
}
LONGEST_REASON = 500
_PERSON = "user"


class NobodyToExport(Refusal):
    """There is nobody in that view."""

    sentence: ClassVar = _("There is nobody to take out. No file was made.")


class NoReason(Refusal):
    """Nobody leaves without a reason."""

    sentence: ClassVar = _("Say why they leave; it is kept in the log. No file was made.")


@dataclass(frozen=True)
class Export:
    """A file that was allowed and logged. ``unread`` customers are damaged and won't be in it."""

    format: Format
    customers: Sequence[UUID]
    columns: Columns
    delimiter: str
    title: str
    count: int
    unread: int

    def pieces(self) -> Iterator[bytes]:
        """The file as it is written. Raises vault.Locked; what came before isn't a whole file then."""
        records = exported.records_of(self.customers)
        match self.format:
            case "vcard":
                return vcard_file.pieces(records)
            case "csv":
                return csv_file.pieces(_rows(self.columns, records), delimiter=self.delimiter)
        return xlsx_file.pieces(_rows(self.columns, records), title=self.title)


def begin_export(
    *, customers: Sequence[UUID], format: Format, view: str, reason: str, actor: str, at: datetime
) -> Export:
    """Log that these customers leave, why, and as what; then the file may be written.

    ``view`` is the code or id of what they were chosen by. Raises NoReason, NobodyToExport and vault.Locked.
    """
    if not (reason := reason.strip()[:LONGEST_REASON]):
        raise NoReason
    vault.keyring().require_unlocked()
    widths = exported.widths_of(customers)
    if not widths.customers:
        raise NobodyToExport
    fields = [field for field in custom_fields.all_fields() if not field.is_sensitive]
    subject, details = _why(reason, actor)
    audit.record(
        actions.EXPORTED, actor=actor, at=at, subject=subject, details=details,
        count=widths.customers, format=format, view=view,
    )  # fmt: skip
    return Export(
        format=format,
        customers=customers,
        columns=Columns(widths, export_words.words_of(fields), country=setup.firm_country()),
        # In the language of who asks, which the pieces are no longer written in.
        delimiter=export_words.delimiter(),
        title=export_words.sheet_title(),
        count=widths.customers,
        unread=len(customers) - widths.customers,
    )


def _rows(columns: Columns, records: Iterator[Record]) -> Iterator[list[str]]:
    yield columns.headings()
    yield from map(columns.cells, records)


def _why(reason: str, actor: str) -> tuple[UUID | None, audit.Details | None]:
    """Whose key seals the reason: that of who takes the file out; for a command, that of the first owner."""
    kind, _colon, who = actor.partition(":")
    if kind == _PERSON:
        person = User.objects.filter(pk=UUID(who)).first()
    else:
        person = User.objects.filter(role=Role.OWNER, is_active=True).order_by("pk").first()
    if person is None:
        return (person.pk if person and kind == _PERSON else None), None
    words = audit.Details({"reason": reason}, staff_keys.key_of(person), vault.STAFF)
    return person.pk, words
