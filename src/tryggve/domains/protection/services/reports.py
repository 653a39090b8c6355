import hashlib
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.audit import actors, canonical, checkpoints
from tryggve.audit import services as audit
from tryggve.audit.notes import NotANote
from tryggve.audit.tiles import Unreadable
from tryggve.controls import selectors as controls
from tryggve.domains.protection import actions
from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors import company_sizes, report_content, reports
from tryggve.domains.protection.selectors.report_content import Wanted
from tryggve.domains.protection.selectors.report_history import Period
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id


class Unfounded(Refusal):
    """What the report would say isn't what the log holds."""

    sentence: ClassVar = _(
        "What was measured of %(controls)s isn't what the log says of it: somebody changed it in the database. No "
        "report was made. Tryggve measures it again by itself: try again in some minutes."
    )


def make_report(wanted: Wanted, *, with_names: bool, actor: str, at: datetime) -> UUID:
    """Write down how the company is protected, bind it to the log, and sign how the log stands.

    A log that can't be signed now is signed later: until then there is no signed file of the report. Raises Unfounded.
    """
    if changed := controls.unfounded():
        raise Unfounded(controls=", ".join(changed))
    size = company_sizes.size_of_company(now=at)
    told = report_content.content_of(wanted, size=size, now=at)
    content = canonical.encode(told)
    made = Report(
        pk=new_id(),
        made_at=at,
        reader=wanted.reader,
        language=wanted.language,
        since=wanted.period.since,
        until=wanted.period.until,
        with_names=with_names,
        content=content,
        digest=hashlib.sha256(content.encode()).hexdigest(),
    )
    _keep(made, count=len(told["controls"]), actor=actor)
    sign_log(at=at)
    return made.pk


def make_yearly_report(*, at: datetime) -> UUID | None:
    """The company's own report of last year, once; None when it is there, or Tryggve wasn't in use that year."""
    year = timezone.localdate(at).year - 1
    period = Period(date(year, 1, 1), date(year, 12, 31))
    since = setup.in_use_since()
    if since is None or since > period.until or reports.yearly_report(year):
        return None
    wanted = Wanted(Report.Reader.OWN, setup.firm_language(), period)
    return make_report(wanted, with_names=False, actor=actors.SYSTEM, at=at)


def sign_log(*, at: datetime) -> bool:
    """Sign how the log stands now; False when that can't be: its own page and reminders tell why."""
    try:
        checkpoints.sign(now=at)
    except (Refusal, Unreadable, NotANote):
        return False
    return True


@transaction.atomic
def _keep(made: Report, *, count: int, actor: str) -> None:
    at = made.made_at
    sealed = audit.record(
        actions.REPORT_SEALED, actor=actors.SYSTEM, at=at, report=made.digest, controls=count
    )
    audit.record(
        actions.REPORT_MADE,
        actor=actor,
        at=at,
        reader=made.reader.lower(),
        language=made.language,
        with_names=made.with_names,
        report=made.digest,
    )
    made.entry = sealed.pk
    made.save(force_insert=True)
