from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.models import User
from tryggve.audit import actors
from tryggve.notices import letters, services
from tryggve.notices import registry as kinds
from tryggve.notices.models import MailServer, OutboxMessage
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def messages_to(person: UUID) -> Iterator[Part]:
    """Each message to somebody; what was sent has lost its words. Raises vault.Locked and vault.CannotOpen."""
    for row in OutboxMessage.objects.filter(recipient_ref=actors.user(person)).order_by("pk"):
        kind = kinds.kinds().get(row.kind)
        words = [Value("state", _("State"), row.get_state_display())]
        if row.body_sealed is not None:
            letter = letters.opened(bytes(row.body_sealed), row.pk, row.recipient_ref)
            words += [
                Value("address", _("Address"), letter.address),
                Value("subject", _("Subject"), letter.subject),
                Value("text", _("Text"), letter.text),
            ]
        yield Part(
            code="message",
            title=kind.title if kind else row.kind,
            values=words,
            since=row.made_at,
            source=_("written by Tryggve itself"),
        )


def erase_messages_to(person: UUID) -> int:
    return OutboxMessage.objects.filter(recipient_ref=actors.user(person)).delete()[0]


def mailbox_of(person: UUID) -> Iterator[Part]:
    """The settings for mail, where somebody's own address stands in them; never the password."""
    for row in _settings_with(person):
        yield Part(
            code="mail-server",
            title=_("Settings for mail"),
            values=[
                Value("sender_address", _("Sender's address"), row.sender_address),
                Value("sender_name", _("Sender's name"), row.sender_name),
                Value("username", _("User name"), row.username),
            ],
            since=row.changed_at,
            source=_("written by the company"),
        )


def erase_mailbox_of(person: UUID) -> int:
    """Remove the settings that hold somebody's own address: mail waits until there are new ones."""
    return _settings_with(person).delete()[0]


def _settings_with(person: UUID) -> QuerySet[MailServer]:
    address = User.objects.filter(pk=person).values_list("email", flat=True).first()
    named = Q(sender_address__iexact=address) | Q(username__iexact=address)
    return MailServer.objects.filter(named) if address else MailServer.objects.none()


registry.register(
    registry.Holding(
        code="setup.outbox",
        title=_("Messages in the outbox"),
        kinds=frozenset({Kind.STAFF}),
        models=frozenset({OutboxMessage}),
        export=messages_to,
        erase=erase_messages_to,
        retention=RetentionRule(
            until=_("the message was written; its words go when it is sent"),
            kept_for=Period(days=services.KEEP_FOR.days),
            basis=LegalBasis.LEGITIMATE_INTERESTS,
        ),
    )
)
registry.register(
    registry.Holding(
        code="setup.mail-server",
        title=_("Settings for mail"),
        kinds=frozenset({Kind.STAFF}),
        models=frozenset({MailServer}),
        export=mailbox_of,
        erase=erase_mailbox_of,
        retention=RetentionRule(
            until=_("the company sends mail through another mailbox"),
            kept_for=Period(),
            basis=LegalBasis.LEGITIMATE_INTERESTS,
        ),
    )
)
