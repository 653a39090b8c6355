from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tryggve.domains.rights.demo import chosen
from tryggve.domains.rights.engine.purposes import LANGUAGES
from tryggve.domains.rights.models import ConsentEvent, Purpose
from tryggve.domains.rights.services import consent_events
from tryggve.domains.rights.services.consent_events import Askable, Circumstances, Said
from tryggve.domains.rights.services.consents import consent_texts
from tryggve.lib.demonstration import Order

Kind, Channel = ConsentEvent.Kind, ConsentEvent.Channel

_LETTERS, _PICTURES = "newsletter", "reference-pictures"
_WRITTEN, _ASKED, _SAID, _TAKEN_BACK = (timedelta(days=days) for days in (150, 120, 118, 4))
_LASTS_MONTHS = 24
# What customers said, one after the other and then again from the first: to letters, to pictures, and whether the yes
# to letters was taken back since.
_ANSWERS = (
    (Kind.GIVEN, Kind.GIVEN, False),
    (Kind.GIVEN, Kind.REFUSED, False),
    (Kind.REFUSED, Kind.REFUSED, False),
    (Kind.GIVEN, Kind.GIVEN, True),
    (None, None, False),
)


@transaction.atomic
def consents(order: Order) -> None:
    """Customers who were asked: a yes, a no, one taken back, and some who haven't answered.

    No receipts: a demo has no mail server, and letters that nobody wrote would wait in the outbox.
    """
    _write_texts(order)
    about = consent_events.askable()
    for number, customer in enumerate(chosen.those(chosen.AGREEING)):
        for said, kind, after in _told(number):
            channel = Channel.LINK if kind in consent_events.NO | consent_events.YES else Channel.MAIL
            _write(customer, Said(_purpose(said), kind), channel, order, order.at - after, about)


def _told(number: int) -> Iterator[tuple[str, ConsentEvent.Kind, timedelta]]:
    letters, pictures, is_taken_back = _ANSWERS[number % len(_ANSWERS)]
    for purpose, answer in ((_LETTERS, letters), (_PICTURES, pictures)):
        yield purpose, Kind.ASKED, _ASKED
        if answer is not None:
            yield purpose, answer, _SAID
    if is_taken_back:
        yield _LETTERS, Kind.WITHDRAWN, _TAKEN_BACK


def _write(
    customer: UUID, said: Said, channel: ConsentEvent.Channel, order: Order, at: datetime, about: Askable
) -> None:
    is_customers = said.kind != Kind.ASKED
    how = Circumstances(channel, at, order.actor, get_language() or "sv", by_customer=is_customers)
    consent_events.write(customer, said, how, about, at=at)


def _write_texts(order: Order) -> None:
    for language in LANGUAGES:
        with translation.override(language):
            texts = {
                _LETTERS: _("Send me your letter about wood, houses and gardens, at most six times a year."),
                _PICTURES: _(
                    "Show pictures of what you built for me on your website, without my name and my address."
                ),
            }
        for code, text in texts.items():
            consent_texts.write(
                purpose=_purpose(code),
                language=language,
                text=text,
                lasts_months=_LASTS_MONTHS,
                actor=order.actor,
                at=order.at - _WRITTEN,
            )


def _purpose(code: str) -> UUID:
    return Purpose.objects.values_list("pk", flat=True).get(code=code)
