"""Erasures that wait, that are done, and that were called off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils import timezone

from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import Case, Erasure
from tryggve.domains.rights.selectors.erasure.key_places import Place, places_of
from tryggve.lib.errors import Missing
from tryggve.vault.key_places import KeyPlace, key_places

PAGE_SIZE = 50


class NoSuchErasure(Missing):
    """There is no erasure of that id."""


@dataclass(frozen=True, slots=True)
class KeptAfterwards:
    """How much the law has the company keep of somebody who was erased, by which rule and until when."""

    rule: str
    until: date
    count: int


@dataclass(frozen=True)
class Told:
    """One erasure; ``name`` is the customer's while it waits, and empty once nobody can know it any more.

    ``erased`` counts by the codes of holdings.
    """

    id: UUID
    customer: UUID
    state: str
    ground: str
    asked_at: datetime
    asked_by: str
    destroys_at: datetime
    hastened_by: str
    destroyed_at: datetime | None
    erased: Mapping[str, int]
    is_held_back: bool
    # Whether a request of the customer's stays, without what was said.
    has_requests: bool
    by_law: tuple[KeptAfterwards, ...] = ()
    # Where the keys lay, and since when it is known that they are gone.
    key_places: tuple[Place, ...] = ()
    name: str = ""
    # By when the request must be answered that it carries out, where that is before the day on which it is done.
    answer_by: date | None = None

    @property
    def is_waiting(self) -> bool:
        return self.state == Erasure.State.QUARANTINE

    @property
    def is_called_off(self) -> bool:
        return self.state == Erasure.State.CALLED_OFF

    @property
    def ground_words(self) -> str:
        return str(Erasure.Ground(self.ground).label)

    @property
    def is_done(self) -> bool:
        return self.state == Erasure.State.DESTROYED


def erasure_page(*, number: int, actor: str, at: datetime, reach: Reach) -> Page[Told]:
    """Fifty erasures, the newest first; those who wait beyond this person's reach have no name. Raises vault.Locked."""
    page = Paginator(Erasure.objects.order_by("-asked_at", "-pk"), PAGE_SIZE).get_page(number)
    told = _told(list(page.object_list), reach)
    audit.look(actions.ERASURES_LISTED, actor=actor, at=at, shown=len(told))
    page.object_list = told  # type: ignore[assignment]  # the same page, with what the rows say
    return page  # type: ignore[return-value]


def erasure(*, erasure: UUID, actor: str, at: datetime, reach: Reach, page: str = "erasure") -> Told:
    """One of them. Raises NoSuchErasure, policy.Refused and vault.Locked."""
    row = Erasure.objects.filter(pk=erasure).first()
    if row is None:
        raise NoSuchErasure
    customers.require_within(row.customer_ref, reach)
    audit.look(
        actions.ERASURE_VIEWED,
        actor=actor,
        at=at,
        subject=row.customer_ref,
        erasure=str(row.pk),
        page=page,
    )
    [told] = _told([row], reach)
    return told


def _told(rows: Sequence[Erasure], reach: Reach) -> list[Told]:
    """A number of questions that doesn't grow with them."""
    waiting = {row.customer_ref for row in rows if row.state == Erasure.State.QUARANTINE}
    names = {
        one.id: one.name for one in customers.kept_people(waiting).values() if reach.covers(one.responsible)
    }
    requests = Case.objects.filter(customer_ref__in=[row.customer_ref for row in rows])
    having = set(requests.values_list("customer_ref", flat=True))
    open_due = Case.objects.filter(
        pk__in=[row.case_ref for row in rows if row.case_ref], state=Case.State.OPEN
    )
    due = dict(open_due.values_list("pk", "due_on"))
    places = key_places()
    return [
        _one_told(row, names.get(row.customer_ref, ""), row.customer_ref in having, _missed(row, due), places)
        for row in rows
    ]


def _one_told(
    row: Erasure, name: str, has_requests: bool, answer_by: date | None, places: Sequence[KeyPlace]
) -> Told:
    return Told(
        id=row.pk,
        customer=row.customer_ref,
        state=row.state,
        ground=row.ground,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        destroys_at=row.destroys_at,
        hastened_by=row.hastened_by,
        destroyed_at=row.destroyed_at,
        erased=row.outcome.get("erased", {}),
        is_held_back=bool(row.outcome.get("held_back")),
        has_requests=has_requests,
        by_law=tuple(
            KeptAfterwards(one["rule"], date.fromisoformat(one["until"]), one["count"])
            for one in row.outcome.get("by_law", ())
        ),
        key_places=places_of(row.outcome, places),
        name=name,
        answer_by=answer_by,
    )


def _missed(row: Erasure, due: Mapping[UUID, date]) -> date | None:
    if row.state != Erasure.State.QUARANTINE or row.case_ref is None:
        return None
    answer_by = due.get(row.case_ref)
    return answer_by if answer_by and timezone.localdate(row.destroys_at) > answer_by else None
