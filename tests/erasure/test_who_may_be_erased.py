"""Before somebody is put aside: is it sure who asks, and is an answer owed that would be destroyed?"""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.by_right.asking import asked, known, revision_of
from tests.cast import CILLA, NOW
from tests.erasure.erasing import AFTER, ANNA, ask, erase, state_of
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.models import Case, Erasure
from tryggve.domains.rights.papers import receipt
from tryggve.domains.rights.selectors.erasure import erasures as selectors
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import erasures
from tryggve.domains.rights.services.erasure.before_erasing import AnswerFirst
from tryggve.domains.rights.services.requests import case_reminders, cases
from tryggve.domains.rights.services.requests.case_answers import IdentityUnknown
from tryggve.domains.rights.services.requests.cases import Identity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
LATE = NOW + timedelta(days=25)


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


def _ask(customer: UUID, *, at: datetime, case: UUID | None = None) -> Erasure:
    ground = Erasure.Ground.REQUEST
    made = erasures.ask_erasure(
        customer=customer, ground=ground, actor=ANNA, at=at, reach=EVERYBODY, case=case
    )
    return Erasure.objects.get(pk=made)


@pytest.mark.parametrize("is_named", [True, False])
@pytest.mark.parametrize("is_refused", [True, False])
def test_strangers_mail_erases_nobody(cilla: UUID, is_named: bool, is_refused: bool) -> None:
    case = asked(cilla, "ERASURE")
    if is_refused:
        known(case, how=Identity.REFUSED, why="another voice")
    with pytest.raises(IdentityUnknown):
        _ask(cilla, at=NOW, case=case if is_named else None)
    assert (state_of(cilla), Erasure.objects.count()) == (Customer.State.ACTIVE, 0)


def test_erasure_carries_out_the_request_of_which_it_is_sure_who_asks(cilla: UUID) -> None:
    asked(cilla, "ERASURE")
    sure = known(asked(cilla, "ERASURE"))
    assert _ask(cilla, at=NOW).case_ref == sure


@pytest.mark.parametrize("kind", ["ACCESS", "PORTABILITY"])
@pytest.mark.parametrize("ground", ["DUE", "MISTAKE", "WITHDRAWN"])
def test_what_a_customer_waits_to_see_is_not_destroyed_by_the_company(
    cilla: UUID, kind: str, ground: str
) -> None:
    case = asked(cilla, kind)
    with pytest.raises(AnswerFirst):
        ask(cilla, ground=ground)
    cases.take_back(case=case, seen_revision=revision_of(case), actor=ANNA, at=NOW, reach=EVERYBODY)
    ask(cilla, ground=ground)


def test_requests_of_who_was_erased_end_by_what_became_of_each(cilla: UUID) -> None:
    rows = {kind: asked(cilla, kind) for kind in ("ACCESS", "RESTRICTION")}
    rows["ERASURE"] = known(asked(cilla, "ERASURE"))
    erase(cilla)
    assert case_reminders.close_erased(at=AFTER) == 3
    states = {kind: Case.objects.get(pk=case).state for kind, case in rows.items()}
    assert states == {"ACCESS": "ERASED", "RESTRICTION": "ERASED", "ERASURE": "DONE"}


def test_request_that_is_known_for_long_is_carried_out_before_its_last_day(cilla: UUID) -> None:
    case = known(asked(cilla, "ERASURE"))
    row = _ask(cilla, at=LATE)
    assert Case.objects.get(pk=case).due_on == date(2026, 4, 2)
    assert timezone.localtime(row.destroys_at).isoformat() == "2026-04-02T00:00:00+02:00"


def test_nobody_is_destroyed_within_a_day_whatever_is_due(cilla: UUID) -> None:
    known(asked(cilla, "ERASURE"))
    at = NOW + timedelta(days=40)
    assert _ask(cilla, at=at).destroys_at == at + timedelta(days=1)


def test_request_written_down_with_an_old_date_makes_nobody_wait_less_and_is_told(
    cilla: UUID, as_anna: Client
) -> None:
    received = date(2026, 3, 2)
    known(asked(cilla, "ERASURE", received_on=received, at=LATE), at=LATE)
    row = _ask(cilla, at=LATE)
    assert row.destroys_at == LATE + timedelta(days=14)
    told = selectors.erasure(erasure=row.pk, actor=ANNA, at=LATE, reach=EVERYBODY)
    assert told.answer_by == date(2026, 4, 2)
    page = as_anna.get(f"/customers/erasures/{row.pk}/").content.decode()
    assert "The customer must have an answer before that" in page


def test_erasure_that_is_done_in_time_warns_of_nothing(cilla: UUID) -> None:
    known(asked(cilla, "ERASURE"))
    told = selectors.erasure(erasure=_ask(cilla, at=NOW).pk, actor=ANNA, at=NOW, reach=EVERYBODY)
    assert told.answer_by is None


@pytest.mark.parametrize("is_late", [False, True], ids=["before", "while it waits"])
def test_card_that_is_damaged_is_erased_and_the_receipt_tells_of_no_fingerprint(
    cilla: UUID, is_late: bool
) -> None:
    row = Customer.objects.get(pk=cilla)
    broken = {"details_sealed": bytes(row.details_sealed)[:-1] + b"?"}
    if not is_late:
        Customer.objects.filter(pk=cilla).update(**broken)
    erasure = ask(cilla)
    Customer.objects.filter(pk=cilla).update(**broken)

    assert destroying.destroy_due(at=AFTER) == 1

    told = selectors.erasure(erasure=erasure, actor=ANNA, at=AFTER, reach=EVERYBODY)
    assert state_of(cilla) is None
    assert ("fingerprint" in str(receipt.receipt(told, at=AFTER))) == is_late
