from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.domains.outreach.services import carrying, feedback, forgetting
from tryggve.routines.registry import routine


@routine(
    "outreach.note-interrupted",
    title=_("Note mails to customers that perhaps left when Tryggve was stopped"),
    every=timedelta(minutes=15),
    at_start=True,
)
def note_interrupted(now: datetime) -> None:
    carrying.note_interrupted(at=now)


@routine(
    "outreach.forget-mailings",
    title=_("Remove messages to customers that were sent two years ago"),
    every=timedelta(days=1),
)
def forget_mailings(now: datetime) -> None:
    forgetting.forget_old(now=now)


@routine(
    "outreach.forget-feedback",
    title=_("Remove what customers told two years ago"),
    every=timedelta(days=1),
)
def forget_feedback(now: datetime) -> None:
    feedback.forget_old(now=now)
