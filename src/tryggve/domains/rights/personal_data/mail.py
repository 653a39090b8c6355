from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.notices import letters, services
from tryggve.notices import registry as kinds
from tryggve.notices.models import OutboxMessage
from tryggve.notices.recipients import CUSTOMER
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def mail_to(customer: UUID) -> Iterator[Part]:
    """Each mail to the customer; what was sent has lost its words. Raises vault.Locked and vault.CannotOpen."""
    for row in OutboxMessage.objects.filter(recipient_ref=f"{CUSTOMER}{customer}").order_by("pk"):
        kind = kinds.kinds().get(row.kind)
        values = [Value("state", _("State"), row.get_state_display())]
        if row.body_sealed is not None:
            letter = letters.opened(bytes(row.body_sealed), row.pk, row.recipient_ref)
            values += [
                Value("address", _("Address"), letter.address),
                Value("subject", _("Subject"), letter.subject),
            ]
            # What lets its reader in is for the mailbox alone, not for whoever gets a copy of the data.
            if kind is not None and not kind.lets_in:
                values.append(Value("text", _("Text"), letter.text))
        yield Part("message", kind.title if kind else row.kind, values, row.made_at)


def erase_mail_to(customer: UUID) -> int:
    return OutboxMessage.objects.filter(recipient_ref=f"{CUSTOMER}{customer}").delete()[0]


HOLDING = registry.Holding(
    code="rights.mail",
    title=_("Mail to you"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({OutboxMessage}),
    export=mail_to,
    erase=erase_mail_to,
    retention=RetentionRule(
        until=_("the message was written; its words go when it is sent"),
        kept_for=Period(days=services.KEEP_FOR.days),
        basis=LegalBasis.CONTRACT,
    ),
)
