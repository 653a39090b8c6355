"""What a customer may say yes or no to, in words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tryggve.domains.rights.engine.consents import State
from tryggve.domains.rights.engine.purposes import LANGUAGES, Language, Words
from tryggve.domains.rights.models import ConsentEvent, PortalLink
from tryggve.domains.rights.selectors.consents import consents
from tryggve.domains.rights.selectors.consents.consents import Text
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.selectors.purposes.purposes import Kept, NoSuchPurpose
from tryggve.domains.rights.selectors.requests import cases

_YES = (ConsentEvent.Kind.GIVEN, ConsentEvent.Kind.RENEWED)


@dataclass(frozen=True, slots=True)
class Choice:
    """One purpose that a customer is asked about, the words for it, and how it stands; None where nobody may know."""

    purpose: UUID
    words: Words
    text: Text
    state: State | None = None
    since: datetime | None = None
    until: datetime | None = None
    receipt: UUID | None = None

    @property
    def field(self) -> str:
        return f"purpose-{self.purpose}"

    @property
    def is_yes(self) -> bool:
        return self.state is State.HOLDS

    @property
    def is_no(self) -> bool:
        return self.state in (State.REFUSED, State.WITHDRAWN)


def of_customer(customer: UUID, *, language: str, at: datetime) -> list[Choice]:
    """All that can be asked about, with what the customer said. The caller logs the look."""
    texts = consents.newest_texts()
    newest: dict[UUID, UUID] = {}
    for one in consents.events_of(customer):
        newest.setdefault(one.purpose, one.id)
    found = []
    for consent in consents.consents_of(customer, at=at):
        text = consents.text_in(texts.get(consent.purpose.id, {}), language)
        if text is not None:
            standing = consent.standing
            found.append(
                Choice(
                    consent.purpose.id,
                    _words(consent.purpose, language),
                    text,
                    standing.state,
                    standing.since,
                    standing.until,
                    newest.get(consent.purpose.id),
                )
            )
    return found


def of_link(link: PortalLink, *, language: str) -> list[Choice]:
    """What a link in a mail asks about, without what the customer said no to by right.

    How it stands isn't told: whoever the mail was sent on to reads it, too.
    """
    about = [one for one in all_of(language) if link.purpose_ref in (None, one.purpose)]
    return [one for one in about if not cases.has_objected(link.customer_ref, one.purpose)]


def said_yes_to(customer: UUID, *, language: str) -> list[tuple[UUID, str]]:
    """Every purpose that the customer ever said yes to, by name: also one that has ended can be said no to."""
    said = ConsentEvent.objects.filter(customer_ref=customer, kind__in=_YES).values_list("purpose", flat=True)
    return [(one, name_of(one, language=language)) for one in dict.fromkeys(said.order_by("happened_at"))]


def by_code(code: str, *, language: str) -> Choice | None:
    """The purpose of that code, where customers can be asked about it."""
    ids = [one.id for one in consents.purposes_by_consent() if one.code == code]
    return next((one for one in all_of(language) if one.purpose in ids), None)


def is_asked(purpose: UUID) -> bool:
    """Whether nothing is done for that purpose without consent; else a no to it is an objection."""
    try:
        return consents.is_by_consent(purposes.one_purpose(purpose))
    except NoSuchPurpose:
        return False


def name_of(purpose: UUID, *, language: str) -> str:
    """What a purpose is called; empty for none."""
    try:
        return _words(purposes.one_purpose(purpose), language).name
    except NoSuchPurpose:
        return ""


def all_of(language: str) -> list[Choice]:
    """All that anybody can be asked about, as it is told to who may be anybody."""
    texts = consents.newest_texts()
    asked = [
        (one, consents.text_in(texts.get(one.id, {}), language)) for one in consents.purposes_by_consent()
    ]
    return [Choice(one.id, _words(one, language), text) for one, text in asked if text is not None]


def _words(purpose: Kept, language: str) -> Words:
    return purpose.told_in(spoken(language)).words


def spoken(language: str) -> Language:
    """The language if it is one of ours, else English."""
    return next((one for one in LANGUAGES if one == language), "en")
