from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tryggve.domains.outreach import mailing_words
from tryggve.domains.outreach.keeping import KEPT_FOR
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.domains.rights import api as rights
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.subjects import Kind


def mailings_to(customer: UUID) -> Iterator[Part]:
    """Each message that was meant for the customer, and what became of it. Raises vault.Locked and vault.CannotOpen."""
    rows = Addressee.objects.filter(customer_ref=customer).select_related("mailing").order_by("pk")
    for row in rows:
        mailing = row.mailing
        words = mailing_words.opened(mailing.words_sealed, mailing.pk)
        values = [
            Value("state", _("State"), row.get_state_display()),
            Value("reason", _("Reason"), mailing_words.reason_in_words(row.reason, row.reply_code)),
            Value("purpose", _("Purpose"), _purpose(mailing.purpose_ref)),
            Value("subject", _("Subject"), words.subject),
            Value("text", _("Text"), words.text),
        ]
        yield Part("mailing", _("Message to many"), values, row.ended_at or row.next_try_at)


def erase_mailings_to(customer: UUID) -> int:
    """That it was for the customer; what was written to others stays, and to how many it went."""
    rows = Addressee.objects.filter(customer_ref=customer)
    ended = dict(rows.exclude(ended_at=None).values_list("mailing", "state"))
    for mailing in Mailing.objects.select_for_update().filter(pk__in=ended).order_by("pk"):
        mailing.erased_since = dict(Counter(mailing.erased_since) + Counter([ended[mailing.pk]]))
        mailing.save(update_fields=["erased_since"])
    return rows.delete()[0]


def _purpose(purpose: UUID | None) -> str:
    return rights.purpose_name(purpose, language=get_language() or "en") if purpose else ""


HOLDING = registry.Holding(
    code="outreach.mailings",
    title=_("Messages to many, you among them"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Mailing, Addressee}),
    export=mailings_to,
    erase=erase_mailings_to,
    retention=KEPT_FOR,
)
