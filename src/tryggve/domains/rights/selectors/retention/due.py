"""Whom nothing needs any more, who is kept all the same, and until when one customer is needed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Min, QuerySet
from django.utils import timezone

from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions, models
from tryggve.domains.rights.engine import needed, reviews
from tryggve.domains.rights.engine.needed import Needed
from tryggve.domains.rights.engine.reviews import Review
from tryggve.domains.rights.models import AssignmentEnd, Due, RetentionReview
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.selectors.requests import case_rows
from tryggve.domains.rights.selectors.retention import by_law, contacts, keeps, left_out, needs
from tryggve.domains.rights.selectors.retention.by_law import Fact
from tryggve.domains.rights.selectors.retention.contacts import Contact
from tryggve.domains.rights.selectors.retention.keeps import Kept
from tryggve.domains.rights.selectors.retention.left_out import Left

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who is due; ``name`` is empty when the card can't be opened. ``why_not``: what stands in the way."""

    customer: UUID
    name: str
    purpose: UUID
    rule: str
    counted_from: date
    is_from_end: bool
    needed_until: date
    why_not: Left | None = None


@dataclass(frozen=True, slots=True)
class KeptRow:
    """Somebody who is kept or held, and why."""

    keep: Kept
    name: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """All that decides until when one customer is kept. ``contact`` is None for one who is put aside."""

    person: customers.Kept
    contact: Contact | None
    ended_on: date | None
    needs: Sequence[Needed]
    keeps: Sequence[Kept]
    facts: Sequence[Fact]
    today: date

    @property
    def is_over(self) -> bool:
        """Whether nothing needs the customer any more."""
        return bool(self.needs) and self.needs[0].is_over(self.today)


def due_page(*, number: int, actor: str, at: datetime, reach: Reach) -> Page[Row]:
    """Fifty who are due, the longest due first, with what stands in the way; the look is in the log."""
    page = Paginator(due_within(reach).order_by("needed_until", "pk"), PAGE_SIZE).get_page(number)
    rows = list(page.object_list)
    shown = _rows(rows, reach, left_out.judged([row.pk for row in rows], at=at, reach=reach))
    audit.look(actions.DUE_LISTED, actor=actor, at=at, shown=len(shown))
    page.object_list = shown  # type: ignore[assignment]  # the same page, with what the rows say
    return page  # type: ignore[return-value]


def due_among(chosen: Collection[UUID], *, actor: str, at: datetime, reach: Reach) -> list[Row]:
    """Those of the chosen who are on the list, before they are erased; the look is in the log."""
    rows = list(due_within(reach).filter(pk__in=chosen).order_by("needed_until", "pk"))
    shown = _rows(rows, reach, left_out.judged([row.pk for row in rows], at=at, reach=reach))
    audit.look(actions.DUE_LISTED, actor=actor, at=at, shown=len(shown))
    return shown


def due_within(reach: Reach) -> "QuerySet[Due]":
    """The rows that this person may see."""
    rows = Due.objects.all()
    return rows if reach.people is None else rows.filter(responsible_ref__in=reach.people)


def kept_page(*, number: int, actor: str, at: datetime, reach: Reach) -> Page[KeptRow]:
    """Fifty who are kept or held, those held first; the look is in the log. Raises vault.Locked."""
    rows = keeps.standing(timezone.localdate(at)).order_by("kind", "until", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(number)
    found = keeps.opened(page.object_list)
    people = customers.kept_people({one.customer for one in found})
    shown = [
        KeptRow(one, people[one.customer].name)
        for one in found
        if one.customer in people and reach.covers(people[one.customer].responsible)
    ]
    audit.look(actions.KEEPS_LISTED, actor=actor, at=at, shown=len(shown))
    page.object_list = shown  # type: ignore[assignment]  # the same page, with what the rows say
    return page  # type: ignore[return-value]


def left_by_law(*, number: int, actor: str, at: datetime, reach: Reach) -> Page[Fact]:
    """What the law has the company keep of erased customers, for who may see everybody's; the look is in the log.

    Raises vault.Locked.
    """
    page = by_law.facts_of_erased(number, is_shown=reach.people is None)
    if page.object_list:
        audit.look(actions.KEPT_BY_LAW_LISTED, actor=actor, at=at, shown=len(page.object_list))
    return page


def keeping_of(*, customer: UUID, actor: str, at: datetime, reach: Reach, page: str = "keeping") -> Keeping:
    """One customer, also one put aside; the look is in the log.

    Raises case_rows.CustomerGone, policy.Refused and vault.Locked.
    """
    person, today = case_rows.kept(customer, reach), timezone.localdate(at)
    grounds = needs.grounds_in_use()
    written = customers.last_written([customer])
    statuses = customers.statuses([customer]) if needed.asks_for_status(grounds) else {}
    contact = next(iter(contacts.contacts_of(written, at=at, statuses=statuses)), None)
    end = AssignmentEnd.objects.filter(pk=customer).first()
    audit.look(actions.KEEPING_VIEWED, actor=actor, at=at, subject=customer, page=page)
    return Keeping(
        person=person,
        contact=contact,
        ended_on=end.ended_on if end else None,
        needs=needed.each_needed(grounds, contact.known) if contact else [],
        keeps=keeps.keeps_of(customer, today=today),
        facts=by_law.facts_of(customer),
        today=today,
    )


def review(*, today: date) -> Review | None:
    """When the next look through whom the company keeps is due; None while no purpose is chosen."""
    last = RetentionReview.objects.order_by("-done_at").values_list("done_at", flat=True).first()
    begun = last or models.Purpose.objects.aggregate(first=Min("made_at"))["first"]
    return reviews.next_review(timezone.localdate(begun), today=today) if begun else None


def names_of_purposes() -> Mapping[UUID, purposes.Kept]:
    """All, also those that ended since. One question."""
    return purposes.all_purposes()


def _rows(rows: Sequence[Due], reach: Reach, judged: Mapping[UUID, Left | None]) -> list[Row]:
    people = customers.kept_people([row.pk for row in rows])
    return [
        Row(
            customer=row.pk,
            name=people[row.pk].name,
            purpose=row.purpose_ref,
            rule=row.rule,
            counted_from=row.counted_from,
            is_from_end=row.is_from_end,
            needed_until=row.needed_until,
            why_not=judged[row.pk],
        )
        for row in rows
        if row.pk in people and reach.covers(people[row.pk].responsible) and not people[row.pk].is_put_aside
    ]
