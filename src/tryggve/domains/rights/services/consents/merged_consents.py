"""Consents of two cards that are one customer's: the kept card has the events of both, and a no of either stays so."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from tryggve.domains.customers.api import Made
from tryggve.domains.rights.engine import consents as engine
from tryggve.domains.rights.engine.consents import State
from tryggve.domains.rights.models import ConsentEvent
from tryggve.domains.rights.models.consents import ConsentEvents
from tryggve.domains.rights.selectors.consents.consents import event_of
from tryggve.lib.ids import new_id

_SAID_NO = (ConsentEvent.Kind.REFUSED, ConsentEvent.Kind.WITHDRAWN)
_NO = (State.REFUSED, State.WITHDRAWN)


def join(made: Made) -> list[str]:
    """Copy what happened onto the kept card; the ids of the copies. It stays on the other, too, which is closed.

    Where one of the two had said no and the other yes, the no is written down again: in doubt nothing is done until the
    customer says yes anew (GDPR art. 7(1) and 7(3)).
    """
    own, others = _events_of(made.kept.customer), _events_of(made.gone.customer)
    copies = [_copy(one, made.kept.customer) for one in others]
    copies += list(_noes_again(own, others, made))
    ConsentEvent.objects.bulk_create(copies)
    return [str(one.pk) for one in copies]


def part(made: Made, moved: Sequence[str]) -> None:
    """Take the copies away again; a no that was said since the merge is a no on both cards."""
    ConsentEvents(ConsentEvent).take_back(map(UUID, moved))
    since = ConsentEvent.objects.filter(
        customer_ref=made.kept.customer, kind__in=_SAID_NO, recorded_at__gte=made.at
    )
    ConsentEvent.objects.bulk_create(_copy(one, made.gone.customer) for one in since)


def _noes_again(own: list[ConsentEvent], others: list[ConsentEvent], made: Made) -> Iterator[ConsentEvent]:
    """The last no of a purpose to which only one of the two had said no, and the other yes."""
    for purpose in {one.purpose_id for one in own} & {one.purpose_id for one in others}:
        sides = [[one for one in some if one.purpose_id == purpose] for some in (own, others)]
        states = [engine.standing(map(event_of, some), made.at).state for some in sides]
        if State.HOLDS in states and (
            said_no := [some for some, state in zip(sides, states, strict=True) if state in _NO]
        ):
            last = max((one for one in said_no[0] if one.kind in _SAID_NO), key=_by_time)
            yield _copy(last, made.kept.customer, recorded_at=made.at, recorded_by=made.actor)


def _events_of(customer: UUID) -> list[ConsentEvent]:
    return list(ConsentEvent.objects.filter(customer_ref=customer).order_by("happened_at", "pk"))


def _copy(
    one: ConsentEvent, customer: UUID, *, recorded_at: datetime | None = None, recorded_by: str = ""
) -> ConsentEvent:
    return ConsentEvent(
        pk=new_id(),
        customer_ref=customer,
        purpose_id=one.purpose_id,
        text_id=one.text_id,
        kind=one.kind,
        channel=one.channel,
        happened_at=one.happened_at,
        holds_until=one.holds_until,
        recorded_at=recorded_at or one.recorded_at,
        recorded_by=recorded_by or one.recorded_by,
        is_by_guardian=one.is_by_guardian,
    )


def _by_time(one: ConsentEvent) -> tuple[datetime, datetime]:
    return one.happened_at, one.recorded_at
