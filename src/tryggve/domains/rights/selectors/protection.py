"""What a company can tell its customers of how their data was protected in some days: counts alone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from tryggve.audit import selectors as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.models import Case, ConsentEvent, Erasure, NoticeVersion
from tryggve.domains.rights.selectors.purposes import purposes


@dataclass(frozen=True, slots=True)
class Protection:
    """Facts of those days; ``measures`` are whole sentences, as they stand in the notice now."""

    measures: tuple[str, ...]
    requests: int
    answered: int
    late: int
    erased: int
    withdrawn: int
    notice_on: date | None


def protection(first: date, last: date, *, language: str) -> Protection:
    """Of the days from first to last, both included; the questions don't grow with the customers."""
    days = (_begin_of(first), timezone.make_aware(datetime.combine(last, time.max)))
    asked = Case.objects.filter(received_on__range=(first, last)).exclude(state=Case.State.TAKEN_BACK)
    told = (Case.State.DONE, Case.State.REFUSED)
    answered = [(row.due_on, row.closed_at) for row in asked if row.closed_at and row.state in told]
    notice = NoticeVersion.objects.filter(published_at__range=days).order_by("-published_at").first()
    return Protection(
        measures=tuple(labels.word("measures", code, language=language) for code in purposes.measures()),
        requests=asked.count(),
        answered=len(answered),
        late=sum(timezone.localdate(closed) > due for due, closed in answered),
        erased=Erasure.objects.filter(destroyed_at__range=days).count(),
        withdrawn=_withdrawn(_begin_of(first), _begin_of(last + timedelta(days=1))),
        notice_on=timezone.localdate(notice.published_at) if notice else None,
    )


def _withdrawn(since: datetime, until: datetime) -> int:
    """By the log, which keeps the deed when the customer is erased: whoever takes back the only yes is, soon after."""
    told = audit.facts_of(actions.CONSENT_RECORDED.code, since=since, until=until)
    return sum(one["kind"] == ConsentEvent.Kind.WITHDRAWN.lower() for one in told)


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
