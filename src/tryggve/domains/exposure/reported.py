"""What receivers have reported of mail in a domain's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max, Sum

from tryggve.domains.exposure.engine import names
from tryggve.domains.exposure.engine.ladder import DAYS_AT, Rung, Seen
from tryggve.domains.exposure.models import JudgedSender, ReceiverReport, UnprovenMail

# What is told on the page: the time that the longest step waits for.
SHOWN = timedelta(days=max(DAYS_AT.values()))


@dataclass(frozen=True, slots=True)
class Sender:
    """One whose mail in the domain's name was not proven; ``is_own`` is None until somebody has said."""

    name: str
    mails: int
    last_day: date
    is_own: bool | None

    @property
    def shown(self) -> str:
        return names.shown(self.name)


@dataclass(frozen=True, slots=True)
class Reported:
    """The reports of the last twelve weeks: the days told of, by whom, how many mails proven, and the others."""

    days: int
    receivers: Sequence[str]
    proven: int
    senders: Sequence[Sender]

    @property
    def unproven(self) -> int:
        return sum(one.mails for one in self.senders)


def seen(domain: UUID, *, rung: Rung, since: date, today: date) -> Seen | None:
    """What counts for the next step: since the domain came to this rung, at most as far back as the step looks.

    None where nothing was reported. At most three questions.
    """
    begun = max(since, today - timedelta(days=DAYS_AT.get(rung, 0)))
    days = _days(domain, since=begun)
    if not days:
        return None
    senders = _senders(domain, since=begun)
    return Seen(
        days=len(days),
        unproven=sum(one.mails for one in senders if one.is_own),
        unjudged=sum(one.mails for one in senders if one.is_own is None),
    )


def reported(domain: UUID, *, today: date) -> Reported:
    """For the page. Four questions."""
    begun = today - SHOWN
    reports = ReceiverReport.objects.filter(domain=domain, last_day__gte=begun)
    told = reports.values("receiver").annotate(proven=Sum("proven")).order_by("receiver")
    return Reported(
        days=len(_days(domain, since=begun)),
        receivers=[one["receiver"] for one in told],
        proven=sum(one["proven"] for one in told),
        senders=_senders(domain, since=begun),
    )


def _days(domain: UUID, *, since: date) -> set[date]:
    spans = ReceiverReport.objects.filter(domain=domain, last_day__gte=since).values_list(
        "first_day", "last_day"
    )
    return {
        day
        for first, last in spans
        for number in range((last - first).days + 1)
        if (day := first + timedelta(days=number)) >= since
    }


def _senders(domain: UUID, *, since: date) -> list[Sender]:
    """What nobody has judged first, and the most mails."""
    mails = UnprovenMail.objects.filter(report__domain=domain, report__last_day__gte=since)
    rows = mails.values("sender").annotate(mails=Sum("count"), last=Max("report__last_day"))
    judged: Mapping[str, bool] = dict(
        JudgedSender.objects.filter(domain=domain).values_list("name", "is_own")
    )
    found = [Sender(row["sender"], row["mails"], row["last"], judged.get(row["sender"])) for row in rows]
    return sorted(found, key=lambda one: (one.is_own is not None, -one.mails, one.name))
