"""What customers said about a purpose, as it is added to what happened. Events are added and never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine import consents as engine
from tryggve.domains.rights.engine.calendars.months import months_after
from tryggve.domains.rights.models import ConsentEvent
from tryggve.domains.rights.selectors.consents import consents as selectors
from tryggve.domains.rights.selectors.consents.consents import Text
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.selectors.purposes.purposes import Kept
from tryggve.lib.errors import Refusal

Kind = ConsentEvent.Kind
Channel = ConsentEvent.Channel

THE_CUSTOMER = "customer"
THE_MACHINE = "system"
YES = frozenset({Kind.GIVEN, Kind.RENEWED})
NO = frozenset({Kind.REFUSED, Kind.WITHDRAWN})


class NotByConsent(Refusal):
    """Nobody is asked about that purpose."""

    sentence: ClassVar = _("Nobody is asked for consent to this. Nothing was changed.")


class NoWords(Refusal):
    """A consent to nobody knows what is none."""

    sentence: ClassVar = _(
        "There are no words yet in which customers are asked about this. Write them first, under Consents. Nothing was "
        "changed."
    )


class NothingToRenew(Refusal):
    """Only a yes that holds can be renewed."""

    sentence: ClassVar = _(
        "There is no yes that could be said again. Write it down as a yes. Nothing was changed."
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What a customer said about one purpose. ``text``: the words it was asked in, None for the newest."""

    purpose: UUID
    kind: ConsentEvent.Kind
    text: UUID | None = None
    holds_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How it was said: by which channel, when, who wrote it down, and whether a parent said it for a child.

    ``question``: the link behind which it was said, which a no of the same press leaves open.
    """

    channel: ConsentEvent.Channel
    happened_at: datetime
    actor: str
    language: str
    by_customer: bool = False
    is_by_guardian: bool = False
    question: UUID | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One event that a receipt tells of. ``counts``: of a yes, whether the consent holds with it."""

    event: ConsentEvent
    purpose: Kept
    text: Text | None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Askable:
    """What can be asked about now: the purposes in use, and by purpose and language the newest words."""

    purposes: dict[UUID, Kept]
    texts: dict[UUID, dict[str, Text]]


def askable() -> Askable:
    """Two questions."""
    return Askable({one.id: one for one in purposes.purposes_in_use()}, selectors.newest_texts())


def write(customer: UUID, one: Said, how: Circumstances, about: Askable, *, at: datetime) -> Told:
    """Add one event, in the caller's transaction. Raises NotByConsent, NoWords and NothingToRenew for a yes."""
    purpose = about.purposes.get(one.purpose)
    if one.kind in YES and (purpose is None or not selectors.is_by_consent(purpose)):
        raise NotByConsent
    purpose = purpose or purposes.one_purpose(one.purpose)
    text = selectors.one_text(one.text) if one.text else None
    text = text or selectors.text_in(about.texts.get(one.purpose, {}), how.language)
    if one.kind in YES and (text is None or text.is_retired or text.purpose != one.purpose):
        raise NoWords
    until = _until(one, text, how.happened_at)
    row = add(customer, one.purpose, one.kind, text, until, how, at=at)
    if one.kind not in YES:
        return Told(row, purpose, text)
    counts = engine.holds(selectors.events_about(customer, one.purpose), at)
    if one.kind == Kind.RENEWED and not counts:
        raise NothingToRenew
    return Told(row, purpose, text, counts)


def add(
    customer: UUID,
    purpose: UUID,
    kind: ConsentEvent.Kind,
    text: Text | None,
    until: datetime | None,
    how: Circumstances,
    *,
    at: datetime,
) -> ConsentEvent:
    """The row and its entry in the log, in the caller's transaction."""
    row = ConsentEvent.objects.create(
        customer_ref=customer,
        purpose_id=purpose,
        text_id=text.id if text else None,
        kind=kind,
        channel=how.channel,
        happened_at=how.happened_at,
        holds_until=until,
        recorded_at=_not_before_the_last(customer, purpose, at) if kind in NO else at,
        recorded_by=THE_CUSTOMER if how.by_customer else how.actor,
        is_by_guardian=how.is_by_guardian,
    )
    audit.record(
        actions.CONSENT_RECORDED,
        actor=how.actor,
        at=at,
        subject=customer,
        event=str(row.pk),
        purpose=str(purpose),
        kind=kind.lower(),
        channel=how.channel.lower(),
    )
    return row


def _not_before_the_last(customer: UUID, purpose: UUID, at: datetime) -> datetime:
    """A no is said after a yes that was written down before it, by a clock that was ahead then."""
    rows = ConsentEvent.objects.filter(customer_ref=customer, purpose=purpose)
    last = rows.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    return max(at, last) if last else at


def _until(one: Said, text: Text | None, said_at: datetime) -> datetime | None:
    """When a yes ends: as the customer was told, or sooner where whoever writes it down says so."""
    if one.kind not in YES:
        return None
    ends = [one.holds_until] if one.holds_until else []
    if text is not None and text.lasts_months is not None:
        end: date = months_after(timezone.localdate(said_at), text.lasts_months)
        ends.append(timezone.localtime(said_at).replace(year=end.year, month=end.month, day=end.day))
    return min(ends, default=None)
