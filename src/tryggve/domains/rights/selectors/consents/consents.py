"""What customers have consented to, as it stands at a moment. The caller logs the look."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tryggve.domains.rights.engine import consents as engine
from tryggve.domains.rights.engine.consents import Event, Standing, State
from tryggve.domains.rights.engine.purposes import Language, Purpose, from_documents
from tryggve.domains.rights.models import ConsentEvent, ConsentText
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.selectors.purposes.purposes import Kept, NoSuchPurpose

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Text:
    """The words in which a consent is asked for."""

    id: UUID
    purpose: UUID
    language: str
    number: int
    text: str
    lasts_months: int | None
    made_at: datetime
    is_retired: bool


@dataclass(frozen=True, slots=True)
class Consent:
    """How one customer stands to one purpose."""

    purpose: Kept
    standing: Standing

    @property
    def holds(self) -> bool:
        return self.standing.state is State.HOLDS


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a customer's, with what it was about."""

    id: UUID
    purpose: UUID
    kind: str
    kind_in_words: str
    channel: str
    channel_in_words: str
    happened_at: datetime
    recorded_at: datetime
    recorded_by: str
    holds_until: datetime | None
    is_by_guardian: bool
    text: UUID | None


def purposes_by_consent() -> list[Kept]:
    """Those in use that nothing may be done for without consent (GDPR art. 6(1)(a) or 9(2)(a))."""
    return [one for one in purposes.purposes_in_use() if is_by_consent(one)]


def is_by_consent(purpose: Kept) -> bool:
    return purpose.facts.is_by_consent


def consents_of(customer: UUID, *, at: datetime) -> list[Consent]:
    """Of each purpose that asks for consent, in their order. Two questions; one where no purpose does."""
    asked = purposes_by_consent()
    events = _by_purpose(rows(customer_ref=customer)) if asked else {}
    return [Consent(one, engine.standing(events.get(one.id, ()), at)) for one in asked]


def has_consent(customer: UUID, purpose: UUID, *, at: datetime) -> bool:
    """Whether it holds at that moment: to be asked right before each thing that is done on its ground."""
    return customer in who_consent([customer], purpose, at=at)


def who_consent(customers: Collection[UUID], purpose: UUID, *, at: datetime) -> set[UUID]:
    """Those of them whose consent to that purpose holds at that moment; nobody's to one that has ended."""
    if not _is_asked_about(purpose):
        return set()
    by_customer: dict[UUID, list[Event]] = defaultdict(list)
    for row in rows(customer_ref__in=list(customers), purpose=purpose):
        by_customer[row.customer_ref].append(event_of(row))
    return {customer for customer, events in by_customer.items() if engine.holds(events, at)}


def rows(**about: Any) -> "QuerySet[ConsentEvent]":
    """Those events with what ``event_of`` asks of their words; one question."""
    return ConsentEvent.objects.filter(**about).select_related("text").defer("text__text", "text__told")


def events_about(customer: UUID, purpose: UUID) -> list[Event]:
    """What happened between the two, as the engine reads it."""
    return [event_of(row) for row in rows(customer_ref=customer, purpose=purpose)]


def events_of(customer: UUID) -> list[Happened]:
    """All that happened to a customer's consents, the newest first."""
    found = ConsentEvent.objects.filter(customer_ref=customer).order_by("-happened_at", "-pk")
    return [happened(row) for row in found]


def one_event(event: UUID, *, customer: UUID) -> Happened | None:
    """An event of that customer's and of nobody else's."""
    row = ConsentEvent.objects.filter(pk=event, customer_ref=customer).first()
    return happened(row) if row else None


def newest_texts() -> dict[UUID, dict[str, Text]]:
    """By purpose and language, the words that are in use."""
    found: dict[UUID, dict[str, Text]] = defaultdict(dict)
    for row in ConsentText.objects.filter(retired_at=None).defer("told").order_by("number"):
        found[row.purpose_id][row.language] = text_of(row)
    return found


def text_in(texts: dict[str, Text], *languages: str) -> Text | None:
    """The words in the first of the languages that there are any in, else in whichever."""
    told = (texts[one] for one in (*languages, *texts) if one in texts)
    return next(told, None)


def one_text(text: UUID) -> Text | None:
    row = ConsentText.objects.filter(pk=text).first()
    return text_of(row) if row else None


def as_told_with(text: UUID, language: Language) -> Purpose | None:
    """The purpose as it was when those words were written."""
    row = ConsentText.objects.filter(pk=text).select_related("purpose").first()
    if row is None:
        return None
    return from_documents(
        row.purpose.code, facts=row.told["facts"], words=row.told["words"], language=language
    )


def text_of(row: ConsentText) -> Text:
    return Text(
        id=row.pk,
        purpose=row.purpose_id,
        language=row.language,
        number=row.number,
        text=row.text,
        lasts_months=row.lasts_months,
        made_at=row.made_at,
        is_retired=row.retired_at is not None,
    )


def event_of(row: ConsentEvent) -> Event:
    """What the engine reads. A yes to words that were retired is one to something else."""
    return Event(
        kind=row.kind,  # type: ignore[arg-type]  # one of the choices
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        has_text=row.text is not None and row.text.retired_at is None,
        holds_until=row.holds_until,
    )


def happened(row: ConsentEvent) -> Happened:
    return Happened(
        id=row.pk,
        purpose=row.purpose_id,
        kind=row.kind,
        kind_in_words=row.get_kind_display(),
        channel=row.channel,
        channel_in_words=row.get_channel_display(),
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        holds_until=row.holds_until,
        is_by_guardian=row.is_by_guardian,
        text=row.text_id,
    )


def _is_asked_about(purpose: UUID) -> bool:
    try:
        kept = purposes.one_purpose(purpose)
    except NoSuchPurpose:
        return False
    return is_by_consent(kept) and not kept.is_ended


def _by_purpose(found_rows: Iterable[ConsentEvent]) -> dict[UUID, list[Event]]:
    found: dict[UUID, list[Event]] = defaultdict(list)
    for row in found_rows:
        found[row.purpose_id].append(event_of(row))
    return found
