"""A made-up alarm that goes the way of every alarm, and is confirmed by who gets it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.incidents import actions, notices
from tryggve.domains.incidents.models import TrialAlert
from tryggve.domains.incidents.selectors import trials as selectors
from tryggve.domains.incidents.selectors.alerted import people_alerted
from tryggve.lib import random_tokens
from tryggve.lib.errors import Refusal
from tryggve.notices import recipients
from tryggve.notices import selectors as kept
from tryggve.notices import services as mail
from tryggve.ui import own_address

KEEP_FOR = timedelta(days=365)


class NoSuchTrial(Refusal):
    """The link is wrong, or very old."""

    sentence: ClassVar = _("This link leads nowhere. Nothing was changed. Wait for the next test alarm.")


@transaction.atomic
def send_due(*, at: datetime) -> int:
    """Mail an alarm to each whom one is due to; returns how many. None without mail settings. Raises vault.Locked."""
    server = kept.the_mail_server()
    if server is None:
        return 0
    due = selectors.people_due(people_alerted(at=at), server=server, at=at)
    for person in due:
        token = random_tokens.new_token()
        TrialAlert.objects.create(to_ref=person.pk, token_hash=random_tokens.hash_of(token), sent_at=at)
        link = own_address.link_to("incidents:trial", token)
        mail.send(notices.TRIAL, to=recipients.staff(person), at=at, link=link)
        audit.record(actions.TRIAL_SENT, actor=actors.SYSTEM, at=at, subject=person.pk)
    return len(due)


@transaction.atomic
def confirm(*, token: str, at: datetime) -> None:
    """It arrived; nothing happens the second time. Raises NoSuchTrial."""
    row = selectors.trial_of(token)
    if row is None:
        raise NoSuchTrial
    if not TrialAlert.objects.filter(pk=row.pk, confirmed_at=None).update(confirmed_at=at):
        return
    minutes = max(0, round((at - row.sent_at).total_seconds() / 60))
    audit.record(actions.TRIAL_CONFIRMED, actor=actors.ANONYMOUS, at=at, subject=row.to_ref, minutes=minutes)


def forget_old(*, at: datetime) -> int:
    """Remove alarms of more than a year ago; returns how many."""
    return TrialAlert.objects.filter(sent_at__lt=at - KEEP_FOR).delete()[0]
