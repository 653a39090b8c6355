"""The word that a company gives its customers each quarter on how their data is protected."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.outreach import actions
from tryggve.domains.outreach.engine import protection_word
from tryggve.domains.outreach.mailing_words import Words
from tryggve.domains.outreach.models import QuarterlyWord
from tryggve.domains.outreach.selectors import quarters as selectors
from tryggve.domains.outreach.selectors.quarters import Offer
from tryggve.domains.outreach.services import mailings
from tryggve.domains.outreach.services.mailings import Written
from tryggve.lib.errors import Refusal
from tryggve.ui import own_address


class NothingOffered(Refusal):
    """Somebody had it written or left it out already."""

    sentence: ClassVar = _("This quarter's word is written already, or was left out. Nothing was changed.")


@transaction.atomic
def write_word(*, language: str, actor: str, at: datetime) -> UUID:
    """A draft about the last quarter, of facts as they are now; a person reads and sends it.

    Raises NothingOffered, and own_address.NotReached, since the word tells customers where their own page is.
    """
    own_address.require_reached()
    offer = _offer(at)
    with translation.override(language):
        subject, text = protection_word.written(
            language, selectors.facts_of(offer.quarter, language=language)
        )
    draft = mailings.write(written=Written(Words(subject, text), language, None), actor=actor, at=at)
    _decide(offer, draft, actor, at)
    return draft


@transaction.atomic
def leave_out(*, actor: str, at: datetime) -> None:
    """Say nothing about the last quarter. Raises NothingOffered."""
    offer = _offer(at)
    _decide(offer, None, actor, at)
    year, number = offer.quarter.year, offer.quarter.number
    audit.record(actions.WORD_LEFT_OUT, actor=actor, at=at, year=year, quarter=number)


def _decide(offer: Offer, mailing: UUID | None, actor: str, at: datetime) -> None:
    decision = {"mailing_id": mailing, "decided_at": at, "decided_by": actor}
    _row, is_first = QuarterlyWord.objects.get_or_create(quarter=offer.quarter.code, defaults=decision)
    if not is_first:  # somebody else decided at the same moment
        raise NothingOffered


def _offer(at: datetime) -> Offer:
    offer = selectors.offered(today=timezone.localdate(at))
    if offer is None:
        raise NothingOffered
    return offer
