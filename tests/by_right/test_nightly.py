"""What the worker does by itself, night after night, so that nobody must think of the law."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.by_right.consenting import come_in, customer, kinds, prepare, say
from tests.by_right.test_after_withdrawals import keep_nothing_else
from tests.by_right.test_sign_ups import send
from tests.cast import NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.outreach.models import Feedback
from tryggve.domains.outreach.services import feedback
from tryggve.domains.outreach.services.feedback import Channel
from tryggve.domains.rights.models import Due, Erasure, PortalLink, PortalSession, RecordVersion, SignUp
from tryggve.domains.rights.services.erasure import erasures
from tryggve.domains.rights.tests import purposes
from tryggve.routines import registry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
DAY = timedelta(days=1)


def run(code: str, *, at: datetime = NOW) -> None:
    """As the worker does, which asks the list of routines."""
    registry.routines()[code].work(at)


def test_consents_that_ran_out_are_written_down_and_who_has_no_other_is_put_aside() -> None:
    newsletter = prepare(lasts_months=1)
    keep_nothing_else()
    cilla, later = customer(), NOW + 60 * DAY
    say(cilla, newsletter)
    run("rights.end-consents", at=later)
    assert (kinds(cilla), Erasure.objects.count()) == (["GIVEN", "EXPIRED"], 0)
    run("rights.erase-after-withdrawals", at=later)
    assert Erasure.objects.get().customer_ref == cilla


def test_who_is_due_is_found() -> None:
    purposes.choose("jobs")
    cilla = customer()
    run("rights.find-due", at=NOW.replace(year=2029))
    assert not Due.objects.exists()
    run("rights.find-due", at=NOW.replace(year=2029) + DAY)
    assert Due.objects.get().pk == cilla


def test_record_of_the_day_is_kept() -> None:
    purposes.choose()
    purposes.write_details()
    run("rights.keep-record")
    assert RecordVersion.objects.get().number == 1


def test_form_that_nobody_confirmed_is_forgotten() -> None:
    send(prepare())
    run("rights.forget-sign-ups", at=NOW + 2 * DAY)
    left = SignUp.objects.count()
    run("rights.forget-sign-ups", at=NOW + 3 * DAY)
    assert (left, SignUp.objects.count()) == (1, 0)


def test_links_and_visits_that_ended_are_forgotten() -> None:
    prepare()
    customer()
    come_in(Client())
    assert (PortalLink.objects.count(), PortalSession.objects.count()) == (1, 1)
    run("rights.forget-links", at=NOW + 32 * DAY)
    assert (PortalLink.objects.count(), PortalSession.objects.count()) == (0, 0)


def test_customers_whose_waiting_time_is_over_are_destroyed() -> None:
    purposes.choose("jobs")
    by = {"actor": "system", "at": NOW, "reach": EVERYBODY}
    erasures.ask_erasure(customer=customer(), ground=Erasure.Ground.MISTAKE, **by)  # type: ignore[arg-type]
    run("rights.carry-out-erasures", at=NOW + 13 * DAY)
    before = Erasure.objects.get().state
    run("rights.carry-out-erasures", at=NOW + 14 * DAY)
    assert (before, Erasure.objects.get().state) == ("QUARANTINE", "DESTROYED")


def test_what_customers_told_is_forgotten_after_two_years() -> None:
    prepare()
    told = feedback.give(customer=customer(), answers={"safe": 5}, channel=Channel.PORTAL, at=NOW)
    run("outreach.forget-feedback", at=NOW.replace(year=2028))
    left = Feedback.objects.get().pk
    run("outreach.forget-feedback", at=NOW.replace(year=2028) + DAY)
    assert (left, Feedback.objects.count()) == (told, 0)
