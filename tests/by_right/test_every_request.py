"""Each kind of request, however it came: written down with its clock, answered, and the answer kept."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.by_right.asking import BY, TODAY, answer, asked, cilla, known, package_of, revision_of, steps_of
from tests.cast import NOW
from tests.erasure.erasing import ANNA
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit.models import Entry
from tryggve.domains.rights.engine.calendars import deadline
from tryggve.domains.rights.models import Case, Erasure
from tryggve.domains.rights.selectors.requests import cases as selectors
from tryggve.domains.rights.services.erasure import erasures
from tryggve.domains.rights.services.requests import case_deeds, cases
from tryggve.domains.rights.services.requests.case_answers import IdentityUnknown
from tryggve.domains.setup.models import Firm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
# Who came to their own page by a mailbox is known for all but what hands over everything.
KNOWN_BY_THE_PAGE = set(Case.Kind) - {Case.Kind.ACCESS, Case.Kind.PORTABILITY}


def _do(case: UUID, kind: str) -> None:
    """What the answer tells to be done."""
    if kind in ("ACCESS", "PORTABILITY"):
        package_of(case)
    elif kind == "RESTRICTION":
        case_deeds.carry_out(case=case, seen_revision=revision_of(case), **BY)
    elif kind == "ERASURE":
        customer = Case.objects.get(pk=case).customer_ref
        erasures.ask_erasure(
            customer=customer, ground=Erasure.Ground.REQUEST, actor=ANNA, at=NOW, reach=EVERYBODY, case=case
        )


@pytest.mark.parametrize("channel", Case.Channel.values)
@pytest.mark.parametrize("kind", Case.Kind.values)
def test_request_goes_from_its_receipt_to_an_answer_that_is_kept(kind: str, channel: str) -> None:
    case = asked(cilla(), kind, channel=Case.Channel(channel), words=f"{kind} please")
    row = Case.objects.get(pk=case)
    assert (row.kind, row.channel, row.state, row.due_on) == (kind, channel, "OPEN", date(2026, 4, 2))
    is_known = channel == "PORTAL" and kind in KNOWN_BY_THE_PAGE
    assert bool(row.identity_check) == is_known
    if not is_known:
        with pytest.raises(IdentityUnknown):
            answer(case)
        known(case, how=cases.Identity.CALLED_BACK)
    _do(case, kind)

    answer(case)

    assert (Case.objects.get(pk=case).state, steps_of(case)[-1]) == (Case.State.DONE, "written-done")
    whole = selectors.whole_case(case=case, **BY)
    [letter] = [step.letter for step in whole.steps if step.letter]
    assert (whole.words, "We have done it." in letter.text) == (f"{kind} please", True)
    [opened] = Entry.objects.filter(action="rights.case-opened")
    assert opened.facts == {"case": str(case), "kind": kind.lower(), "channel": channel.lower()}


# By the second, from the regulation's first day on.
MOMENTS = st.integers(1_527_400_000, 2_208_988_800).map(lambda second: datetime.fromtimestamp(second, UTC))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOMENTS, st.integers(0, 60))
@example(
    datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC), 0
)  # a minute before midnight, the night of the change
@example(datetime(2026, 3, 28, 23, 0, tzinfo=UTC), 0)
@example(datetime(2026, 3, 29, 1, 0, tzinfo=UTC), 0)  # three o'clock, which comes right after two
@example(datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), 0)  # still that day, in summer time
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 0)  # the hour that comes twice
@example(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 0)
@example(datetime(2028, 2, 28, 23, 30, tzinfo=UTC), 0)  # the leap day has begun here
@example(datetime(2028, 2, 29, 23, 30, tzinfo=UTC), 0)
@example(datetime(2027, 12, 31, 23, 30, tzinfo=UTC), 0)
def test_last_day_to_answer_is_by_the_day_on_the_wall_whatever_the_clocks_do(
    firm: Firm, at: datetime, days: int
) -> None:
    received = timezone.localdate(at)
    facts: dict[str, Any] = {"received_on": received, "at": at}
    row = Case.objects.get(pk=asked(_once(), **facts))
    assert (row.received_on, row.due_on) == (received, deadline(received, country="SE").due)
    with pytest.raises(cases.NotReceivedThen):
        asked(_once(), **{**facts, "received_on": received + timedelta(days=1)})
    left = selectors.whole_case(case=row.pk, **{**BY, "at": at + timedelta(days=days)}).clock.days_left
    assert left == (row.due_on - timezone.localdate(at + timedelta(days=days))).days


def _once() -> UUID:
    """The same customer for every example."""
    there = Case.objects.values_list("customer_ref", flat=True).first()
    return there or cilla()


def test_day_of_the_firm_is_not_that_of_greenwich() -> None:
    """Half past eleven in the evening there is tomorrow here."""
    at = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    row = Case.objects.get(pk=asked(cilla(), received_on=date(2026, 3, 3), at=at))
    assert (row.received_on, row.due_on, TODAY) == (date(2026, 3, 3), date(2026, 4, 7), date(2026, 3, 2))
