from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from tryggve.domains.rights.engine import receipts
from tryggve.domains.rights.engine.purposes import Language, Purpose
from tryggve.domains.rights.selectors.consents import choices, consents
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.ui import own_address


def receipt_of(event: UUID, *, customer: UUID, language: str) -> dict[str, Any] | None:
    """The receipt for one event of that customer's, as JSON; None for anybody else's. The caller logs the look."""
    one = consents.one_event(event, customer=customer)
    if one is None:
        return None
    before = [
        each
        for each in reversed(consents.events_of(customer))
        if each.purpose == one.purpose
        and (each.happened_at, each.recorded_at) <= (one.happened_at, one.recorded_at)
    ]
    text = consents.one_text(one.text) if one.text else None
    spoken = choices.spoken(language)
    return receipts.receipt(
        customer=customer,
        purpose=_as_told_then(before, spoken),
        controller=purposes.the_controller(),
        asked=receipts.Asked(text.id, text.language, text.number, text.text) if text else None,
        events=[_told(each) for each in before if each.id != one.id] + [_told(one)],
        addresses=receipts.Addresses(
            notice=own_address.origin() + reverse("rights:public-notice"),
            withdrawal=own_address.origin() + reverse("portal:ask"),
        ),
        language=spoken,
    )


def _as_told_then(events: Sequence[consents.Happened], language: Language) -> Purpose:
    """The purpose as it was when the customer was last asked in words that are known; without any, as it is."""
    for each in reversed(events):
        if each.text and (told := consents.as_told_with(each.text, language)):
            return told
    return purposes.one_purpose(events[-1].purpose).told_in(language)


def _told(event: consents.Happened) -> receipts.Happened:
    return receipts.Happened(
        id=event.id,
        kind=event.kind,
        channel=event.channel,
        at=event.happened_at,
        by=event.recorded_by.partition(":")[0],
        until=event.holds_until,
    )
