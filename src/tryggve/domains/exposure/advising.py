"""What to do next about one domain, read at this moment: the step that is safe, and the lines to paste."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from tryggve.domains.exposure import mail_hosts, reported, selectors
from tryggve.domains.exposure.asking import looking, reach
from tryggve.domains.exposure.engine import ladder, lines
from tryggve.domains.exposure.engine.ladder import Rung, Step
from tryggve.domains.exposure.engine.lines import Line
from tryggve.domains.exposure.engine.mail import MailFindings
from tryggve.domains.exposure.engine.questions import Unread
from tryggve.domains.exposure.selectors import WatchedDomain

# Whoever takes the domain's own mail may send it, where nobody says who else does.
_ANY_SENDER = "mx"
# Somebody waits for the page.
_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Advised:
    """What stands there now, the next step on the ladder, and what to paste; the lines hold mail addresses.

    ``later`` is the line of a next step that isn't safe yet.
    """

    findings: MailFindings
    step: Step
    lines: tuple[Line, ...]
    later: Line | None


def advised(watched: WatchedDomain, *, at: datetime, reports_to: str = "") -> Advised:
    """Ask the name service about the domain. Raises Unread.

    Without receivers' reports no step is safe that could hold the firm's own mail up.
    """
    asked = watched.asked
    found = looking.mail_of(
        {asked: asked}, servers=selectors.resolvers(), reach=reach.current(), in_all=_SECONDS
    )[asked]
    if isinstance(found, Unread):
        raise found
    today = timezone.localdate(at)
    stays = watched.rung_since is not None and watched.rung == ladder.rung_of(found)
    since = timezone.localdate(watched.rung_since) if stays and watched.rung_since else today
    seen = reported.seen(watched.id, rung=ladder.rung_of(found), since=since, today=today)
    step = ladder.step(found, since=since, seen=seen, today=today)
    mailbox = reports_to or f"dmarc@{asked.name}"
    rung = step.next if step.is_safe and step.next is not None else step.now
    return Advised(found, step, _lines(found, rung, mailbox, at), _later(found, step, mailbox, at))


def _later(found: MailFindings, step: Step, reports_to: str, at: datetime) -> Line | None:
    if step.next is None or step.is_safe:
        return None
    return next((line for line in _lines(found, step.next, reports_to, at) if line.below == "_dmarc"), None)


def _lines(found: MailFindings, rung: Rung, reports_to: str, at: datetime) -> tuple[Line, ...]:
    host = next((one for one in mail_hosts.known().known if one.code == found.mail_host), None)
    return lines.mending(
        found,
        sender=host.spf if host else _ANY_SENDER,
        reports_to=reports_to,
        policy=ladder.policy_of(rung),
        at=at,
    )
