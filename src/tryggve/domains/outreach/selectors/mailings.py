"""The mailings of a company, and one with how far it has come."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import ClassVar
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.outreach import actions, mailing_words
from tryggve.domains.outreach.mailing_words import Words, halt_in_words, reason_in_words
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.lib.errors import Missing

State = Addressee.State
ON_A_PAGE = 25
# Those whom it didn't reach, told by name; the rest are counted.
MOST_NAMED = 100
_AT_ONCE = 200


class NoSuchMailing(Missing):
    """There is no mailing of that id."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One line of the list; the subject is empty where it can't be read."""

    row: Mailing
    subject: str
    progress: "Progress"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list, and what its lines say."""

    page: "Page[Mailing]"
    lines: Sequence[Brief]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many customers stand where."""

    counts: Counter[str]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def done(self) -> int:
        """Of whom nothing more is to be done."""
        return self.total - self.counts[State.WAITING] - self.counts[State.CLAIMED]

    @property
    def sent(self) -> int:
        return self.counts[State.SENT]

    @property
    def left_out(self) -> int:
        return self.counts[State.LEFT_OUT]

    @property
    def refused(self) -> int:
        return self.counts[State.REFUSED]

    @property
    def perhaps(self) -> int:
        return self.counts[State.PERHAPS]


@dataclass(frozen=True, slots=True)
class Unreached:
    """A customer whom it didn't reach, or perhaps didn't, and why. Without a name: somebody who can't be named here."""

    customer: UUID
    name: str
    is_perhaps: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Whole:
    """One mailing; ``perhaps`` counts those about whom nobody has decided."""

    row: Mailing
    words: Words
    progress: Progress
    why_not: Sequence[tuple[str, int]]
    perhaps: int

    NO_WORDS: ClassVar = Words("", "")

    @property
    def halt(self) -> str:
        return halt_in_words(self.row.trouble, self.row.reply_code)


def mailing_page(*, number: int) -> Listed:
    """The newest first; three questions."""
    pages = Paginator(Mailing.objects.order_by("-made_at", "-pk"), ON_A_PAGE)
    page = pages.get_page(number)
    rows = list(page.object_list)
    counts = _counts(rows)
    return Listed(page, [Brief(row, _words(row).subject, Progress(counts[row.pk])) for row in rows])


def one_mailing(mailing: UUID) -> Mailing:
    """Raises NoSuchMailing."""
    row = Mailing.objects.filter(pk=mailing).first()
    if row is None:
        raise NoSuchMailing
    return row


def may_be_steered(row: Mailing, *, by: str, reach: Reach) -> bool:
    """Whether somebody may go on with it, or end it: whoever began it, or who sees everybody's customers."""
    return reach.people is None or by == row.started_by


def whole_mailing(mailing: UUID) -> Whole:
    """Three questions. Raises NoSuchMailing."""
    row = one_mailing(mailing)
    left_out = Addressee.objects.filter(mailing=row, state=State.LEFT_OUT)
    why = Counter(dict(left_out.values_list("reason").annotate(n=Count("pk")).order_by()))
    unclear = Addressee.objects.filter(mailing=row, state=State.PERHAPS, settled_at=None).count()
    told = [(reason_in_words(code), count) for code, count in why.most_common()]
    return Whole(row, _words(row), Progress(_counts([row])[row.pk]), told, unclear)


def unreached(row: Mailing, *, actor: str, at: datetime, reach: Reach) -> list[Unreached]:
    """Those whom the server refused or who perhaps got it, within reach; the look is in the log.

    Raises vault.Locked.
    """
    rows = Addressee.objects.filter(mailing=row, state__in=(State.PERHAPS, State.REFUSED))
    # Those whom somebody has to decide about first.
    shown = list(islice(_within(rows.order_by("state", "pk"), reach), MOST_NAMED))
    if not shown:
        return []
    audit.look(actions.UNREACHED_READ, actor=actor, at=at, mailing=str(row.pk), shown=len(shown))
    return shown


def _within(rows: "QuerySet[Addressee]", reach: Reach) -> Iterator[Unreached]:
    """Of customers within reach, whatever number of others stands before them."""
    left = rows.iterator(chunk_size=_AT_ONCE)
    while some := list(islice(left, _AT_ONCE)):
        people = customers.kept_people({one.customer_ref for one in some})
        for one in some:
            person = people.get(one.customer_ref)
            if reach.covers(person.responsible if person else None):
                name = person.name if person else ""
                is_perhaps = one.state == State.PERHAPS
                yield Unreached(
                    one.customer_ref, name, is_perhaps, reason_in_words(one.reason, one.reply_code)
                )


def _counts(rows: Sequence[Mailing]) -> dict[UUID, Counter[str]]:
    found: dict[UUID, Counter[str]] = {row.pk: Counter(row.erased_since) for row in rows}
    asked = Addressee.objects.filter(mailing__in=rows).order_by()
    for mailing, state, count in asked.values_list("mailing", "state").annotate(n=Count("pk")):
        found[mailing][state] += count
    return found


def _words(row: Mailing) -> Words:
    try:
        return mailing_words.opened(row.words_sealed, row.pk)
    except vault.CannotOpen:
        return Whole.NO_WORDS
