"""Nothing that is destroyed by its date goes by a clock that has jumped ahead, until a person says that it is right."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine

from tests import signing_in
from tests.by_right import asking
from tests.cast import CILLA, NOW
from tests.erasure.erasing import AFTER, KARIN, erase
from tests.retention.keeping import keep_by_law
from tryggve.accounts.models import User
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.outreach.models import Feedback, Mailing
from tryggve.domains.outreach.services import feedback, forgetting
from tryggve.domains.outreach.services.feedback import Channel
from tryggve.domains.rights.models import Case, ErasureClock, KeptByLaw, PortalLink
from tryggve.domains.rights.services import erasure_clock
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.links.links import Use
from tryggve.domains.rights.services.requests import case_reminders
from tryggve.domains.rights.services.retention import keeping_by_law

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
DAY = timedelta(days=1)
YEARS = NOW + 3_000 * DAY


def _kept_by_law() -> None:
    [cilla] = add(CILLA)
    keep_by_law(cilla)
    erase(cilla)


def _request() -> None:
    [cilla] = add(CILLA)
    asking.asked(cilla)
    Case.objects.update(state=Case.State.DONE, closed_at=NOW)


def _way_to_withdraw() -> None:
    [cilla] = add(CILLA)
    links.make(customer=cilla, use=Use.WITHDRAW, at=NOW)


def _mailing() -> None:
    Mailing.objects.create(
        language="en", words_sealed=b"", per_minute=1, state="DONE", made_at=NOW, made_by=MACHINE,
        changed_at=NOW, ended_at=NOW,
    )  # fmt: skip


def _feedback() -> None:
    [cilla] = add(CILLA)
    feedback.give(customer=cilla, answers={"safe": 5}, channel=Channel.PORTAL, at=NOW)
    Feedback.objects.update(ended_at=NOW)


@pytest.mark.parametrize(
    ("prepare", "go", "model"),
    [
        (_kept_by_law, lambda at: keeping_by_law.let_go(at=at), KeptByLaw),
        (_request, lambda at: case_reminders.forget_old(at=at), Case),
        (_way_to_withdraw, lambda at: links.forget_ended(now=at), PortalLink),
        (_mailing, lambda at: forgetting.forget_old(now=at), Mailing),
        (_feedback, lambda at: feedback.forget_old(now=at), Feedback),
    ],
    ids=["kept by law", "requests", "ways to withdraw", "messages", "feedback"],
)
def test_what_goes_by_its_date_waits_until_a_person_says_that_the_clock_is_right(
    prepare: Callable[[], None], go: Callable[[datetime], int], model: type[Case]
) -> None:
    prepare()
    destroying.destroy_due(at=AFTER)  # as every few minutes

    destroying.destroy_due(at=YEARS)
    assert (go(YEARS), go(YEARS + DAY), model.objects.count()) == (0, 0, 1)
    assert erasure_clock.doubted_since(at=YEARS) == AFTER

    erasure_clock.confirm(actor=KARIN, at=YEARS)
    assert (go(YEARS), model.objects.count()) == (1, 0)


def test_first_page_asks_about_the_date_though_no_customer_waits(anna: User) -> None:
    _kept_by_law()
    ErasureClock.objects.update(looked_at=NOW - 8 * DAY)
    with time_machine.travel(NOW, tick=False):
        as_anna = signing_in.browser_of(anna)
        assert "Look at the date" not in as_anna.get("/today/").content.decode()
        KeptByLaw.objects.update(until=NOW - DAY)
        assert "What is to be erased waits until" in as_anna.get("/today/").content.decode()
        assert as_anna.post("/customers/erasures/clock/").status_code == 302
        assert "Look at the date" not in as_anna.get("/today/").content.decode()


def test_link_that_lasts_short_makes_nobody_say_that_the_date_is_right() -> None:
    [cilla] = add(CILLA)
    links.make(customer=cilla, use=Use.PORTAL, at=NOW)
    destroying.destroy_due(at=NOW)
    assert erasure_clock.doubted_since(at=YEARS) is None
    assert links.forget_ended(now=YEARS) == 1
