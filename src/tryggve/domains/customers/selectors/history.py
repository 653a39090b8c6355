from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from uuid import UUID

from django.utils import timezone

from tryggve.accounts.policy import Reach
from tryggve.audit import selectors as log
from tryggve.audit import services as audit
from tryggve.audit.models import Entry
from tryggve.domains.customers import actions
from tryggve.domains.customers.selectors import people, register
from tryggve.domains.customers.words import history as history_words

PAGE_SIZE = 50
SHOWN_ON_CARD = 5
# So many entries are read for the few lines of a card: looks of one person and day are one line.
_READ_FOR_CARD = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One deed or look, or several alike one after the other; ``at`` is the newest."""

    at: datetime
    who: str
    what: str
    parts: Sequence[str]
    is_look: bool
    times: int = 1


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Lines, the newest first; ``older`` is where the next page begins, None on the last."""

    lines: Sequence[Line]
    older: int | None


def newest_entries(customer: UUID, *, with_sensitive: bool) -> Sequence[Entry]:
    """What ``lines_for_card`` is made from. The caller logs the look.

    Without ``with_sensitive`` it doesn't tell either that there are sensitive details.
    """
    return _told(log.entries_about(customer, limit=_READ_FOR_CARD), with_sensitive=with_sensitive)


def lines_for_card(entries: Sequence[Entry], names: Mapping[str, str]) -> list[Line]:
    """The newest five lines."""
    groups = (list(alike) for _key, alike in groupby(entries, key=_alike))
    return [_line(some[0], names, times=len(some)) for some in islice(groups, SHOWN_ON_CARD)]


def history_page(
    *,
    customer: UUID,
    before: int | None,
    actor: str,
    at: datetime,
    reach: Reach,
    with_sensitive: bool = False,
) -> HistoryPage:
    """All that was done to a customer and who looked; the look is in the log.

    ``before`` is where the page before ended; ``with_sensitive`` for who may open sensitive details. Raises
    NoSuchCustomer and policy.Refused.
    """
    register.require_visible(customer, reach)
    wanted = log.Filter(subject=customer)
    entries = log.newest_entries(limit=PAGE_SIZE + 1, before=before, wanted=wanted)
    whole = entries[:PAGE_SIZE]
    shown = _told(whole, with_sensitive=with_sensitive)
    names = people.names_of({entry.actor for entry in shown}, people.everybody())
    audit.look(actions.HISTORY_VIEWED, actor=actor, at=at, subject=customer, shown=len(shown))
    older = whole[-1].pk if len(entries) > PAGE_SIZE else None
    return HistoryPage([_line(entry, names) for entry in shown], older)


def _told(entries: Sequence[Entry], *, with_sensitive: bool) -> Sequence[Entry]:
    if with_sensitive:
        return entries
    return [entry for entry in entries if entry.action not in history_words.OF_SENSITIVE]


def _alike(entry: Entry) -> tuple[object, ...]:
    if entry.action not in history_words.LOOKS:
        return (entry.pk,)
    day = timezone.localdate(entry.recorded_at)
    return (entry.actor, history_words.deed(entry.action, entry.facts), day)


def _line(entry: Entry, names: Mapping[str, str], *, times: int = 1) -> Line:
    return Line(
        at=entry.recorded_at,
        who=history_words.who(entry.actor, names),
        what=history_words.deed(entry.action, entry.facts),
        parts=history_words.changed_parts(entry.action, entry.facts),
        is_look=entry.action in history_words.LOOKS,
        times=times,
    )
