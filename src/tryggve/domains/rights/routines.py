from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.audit import erasures
from tryggve.domains.rights.services import far_reading, packages
from tryggve.domains.rights.services.consents import consent_ends, leaving_over
from tryggve.domains.rights.services.destruction import destroying, gone_keys
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.portal import portal, provider_rounds, sign_ups
from tryggve.domains.rights.services.purposes import records
from tryggve.domains.rights.services.requests import case_reminders
from tryggve.domains.rights.services.retention import finding_due, keeping_by_law
from tryggve.lib import before_serving
from tryggve.routines.registry import routine


@routine(
    "rights.replay-erasures",
    title=_("Erase again who came back with an older copy"),
    every=timedelta(days=1),
    at_start=True,
)
def replay_erasures(now: datetime) -> None:
    destroying.replay_ledger(at=now)
    erasures.require_whole()  # an older key store that was put back has forgotten whom to erase


@before_serving.before_serving
def replay_before_serving(now: datetime) -> None:
    destroying.replay_ledger(at=now)


@routine(
    "rights.carry-out-erasures",
    title=_("Destroy customers whose waiting time is over"),
    every=timedelta(minutes=5),
    at_start=True,
)
def carry_out_erasures(now: datetime) -> None:
    destroying.destroy_due(at=now)


@routine(
    "rights.confirm-gone-keys",
    title=_("Ask each place with keys whether those of erased customers are gone"),
    every=timedelta(days=1),
    at_start=True,
)
def confirm_gone_keys(now: datetime) -> None:
    gone_keys.confirm_later(at=now)


@routine(
    "rights.remind-of-requests",
    title=_("Remind of requests that must be answered"),
    every=timedelta(hours=1),
    at_start=True,
)
def remind_of_requests(now: datetime) -> None:
    case_reminders.close_erased(at=now)
    case_reminders.remind(at=now)


@routine(
    "rights.forget-requests",
    title=_("Remove old requests, and packages that were made 30 days ago"),
    every=timedelta(days=1),
    at_start=True,
)
def forget_requests(now: datetime) -> None:
    packages.forget_old(at=now)
    case_reminders.forget_old(at=now)


@routine(
    "rights.end-consents",
    title=_("Write down which consents have run out"),
    every=timedelta(hours=1),
    at_start=True,
)
def end_consents(now: datetime) -> None:
    consent_ends.end_what_ran_out(now=now)


@routine(
    "rights.erase-after-withdrawals",
    title=_("Begin to erase customers who have withdrawn all they agreed to"),
    every=timedelta(days=1),
)
def erase_after_withdrawals(now: datetime) -> None:
    leaving_over.try_again(now=now)


@routine(
    "rights.forget-sign-ups",
    title=_("Forget who filled in the form on the website and didn't press the button"),
    every=timedelta(hours=1),
)
def forget_sign_ups(now: datetime) -> None:
    sign_ups.forget_ended(now=now)


@routine(
    "rights.find-due",
    title=_("Find customers whom nothing needs any more, for a person to decide"),
    every=timedelta(days=1),
    at_start=True,
)
def find_due(now: datetime) -> None:
    finding_due.find_due(at=now)


@routine(
    "rights.let-go-of-kept-by-law",
    title=_("Destroy what the law no longer demands of customers who were erased"),
    every=timedelta(days=1),
)
def let_go_of_kept_by_law(now: datetime) -> None:
    keeping_by_law.let_go(at=now)


@routine(
    "rights.keep-record",
    title=_("Keep the record of processing of each day on which it changed"),
    every=timedelta(days=1),
    at_start=True,
)
def keep_record(now: datetime) -> None:
    records.keep_version(at=now)


@routine(
    "rights.find-far-reading",
    title=_("Find who read the data of many customers who are others'"),
    every=timedelta(days=1),
)
def find_far_reading(now: datetime) -> None:
    far_reading.find(at=now)


@routine(
    "rights.forget-links",
    title=_("Forget links and visits of customers that ended a month ago"),
    every=timedelta(days=1),
)
def forget_links(now: datetime) -> None:
    links.forget_ended(now=now)
    portal.forget_ended(now=now)
    provider_rounds.forget_ended(now=now)
