from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.customers.models import Note
from tryggve.domains.customers.selectors import notes
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value, unreadable
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def notes_about(customer: UUID) -> Iterator[Part]:
    """Each note with its time; of a damaged one, that it is there. Raises vault.Locked."""
    for row in Note.objects.filter(customer=customer).order_by("written_at", "pk"):
        try:
            text = notes.text_of(row)
        except vault.CannotOpen:
            yield unreadable(_("Note"), row.written_at)
        else:
            yield Part("note", _("Note"), [Value("text", _("Note"), text)], row.written_at)


def erase_notes(customer: UUID) -> int:
    erased, _by_model = Note.objects.filter(customer=customer).delete()
    return erased


HOLDING = registry.Holding(
    code="customers.notes",
    title=_("Notes about customers"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Note}),
    export=notes_about,
    erase=erase_notes,
    retention=RetentionRule(
        until=_("the company deletes the customer"),
        kept_for=Period(),
        basis=LegalBasis.CONTRACT,
    ),
)
