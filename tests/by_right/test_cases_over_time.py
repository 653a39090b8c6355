"""What time does to requests: reminders, erasure, forgetting; and what is told of them elsewhere."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.by_right.asking import (
    BY,
    TODAY,
    answer,
    asked,
    cilla,
    known,
    letter,
    revision_of,
    steps_of,
)
from tests.cast import DAN, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.accounts.policy.reach import NOBODY
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.models import Case, CaseStep, Erasure
from tryggve.domains.rights.selectors.requests import cases as selectors
from tryggve.domains.rights.services import suppression
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import erasures
from tryggve.domains.rights.services.requests import case_answers, case_reminders, cases
from tryggve.notices import letters
from tryggve.notices.models import OutboxMessage
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]


def _case(case: UUID) -> Case:
    return Case.objects.get(pk=case)


def _mails() -> list[letters.Letter]:
    rows = OutboxMessage.objects.order_by("pk")
    return [letters.opened(bytes(row.body_sealed or b""), row.pk, row.recipient_ref) for row in rows]


def test_captain_is_reminded_once_for_each_day_of_reminding(karin: User, anna: User) -> None:
    case = asked(cilla())  # due 2 April
    days = {24: 0, 25: 1, 26: 0, 29: 0, 30: 1, 31: 0}
    for passed, told in days.items():
        at = NOW + timedelta(days=passed - 1)
        assert (passed, case_reminders.remind(at=at)) == (passed, told)
        assert case_reminders.remind(at=at) == 0
    assert case_reminders.remind(at=NOW + timedelta(days=40)) == 1
    assert {one.address for one in _mails()} == {karin.email}
    assert steps_of(case) == ["received", "reminded-7", "reminded-2", "reminded-late"]


def test_firm_without_a_captain_reminds_the_owner(anna: User) -> None:
    asked(cilla(), received_on=date(2026, 1, 7))
    assert case_reminders.remind(at=NOW) == 1
    [mail] = _mails()
    assert mail.address == anna.email
    assert "21 days late" in mail.text
    assert "Cilla" not in mail.text + mail.subject


def test_request_that_got_two_months_more_is_reminded_of_again(karin: User) -> None:
    case = asked(cilla())
    late = NOW + timedelta(days=27)
    assert case_reminders.remind(at=late) == 1
    case_answers.extend(
        case=case,
        seen_revision=revision_of(case),
        written=letter(),
        reason="Much to look through.",
        **{**BY, "at": late},
    )
    due = _case(case).due_on
    again = [NOW + timedelta(days=(due - TODAY).days - before) for before in (7, 2, -1)]
    assert [case_reminders.remind(at=at) for at in (late, *again, again[-1])] == [0, 1, 1, 1, 0]


def test_reminder_waits_until_there_is_somebody_to_remind(karin: User) -> None:
    case, late = asked(cilla()), NOW + timedelta(days=27)
    User.objects.update(is_active=False)
    assert (case_reminders.remind(at=late), steps_of(case)) == (0, ["received"])
    User.objects.filter(pk=karin.pk).update(is_active=True)
    assert (case_reminders.remind(at=late), steps_of(case)) == (1, ["received", "reminded-7"])


def test_reminders_of_closed_requests_do_not_come(karin: User) -> None:
    answer(known(asked(cilla(), "RECTIFICATION", received_on=date(2026, 1, 7))))
    assert case_reminders.remind(at=NOW) == 0


def test_export_tells_the_request_and_what_was_answered() -> None:
    customer = cilla()
    answer(known(asked(customer, "RECTIFICATION")))
    told = str(privacy.export_person(Subject(Kind.CUSTOMER, customer), actor="system", at=NOW).to_json())
    assert "What do you know about me?" in told
    assert "We have done it." in told


def test_erasure_leaves_that_there_was_a_request_and_not_what_was_said() -> None:
    customer = cilla()
    case = known(asked(customer), why="knows the dog's name")
    erased = privacy.erase_person(Subject(Kind.CUSTOMER, customer), actor="system", at=NOW)
    assert erased["rights.cases"] == 2
    assert bytes(_case(case).words_sealed) == b""
    assert not CaseStep.objects.exclude(words_sealed=None).exists()
    assert privacy.erase_person(Subject(Kind.CUSTOMER, customer), actor="system", at=NOW)["rights.cases"] == 0


def test_requests_are_forgotten_five_years_after_they_were_closed() -> None:
    case = asked(cilla())
    cases.take_back(case=case, seen_revision=1, **BY)
    assert case_reminders.forget_old(at=NOW.replace(year=2031)) == 0
    assert case_reminders.forget_old(at=NOW.replace(year=2031, day=3)) == 1
    assert not Case.objects.filter(pk=case).exists()


def test_day_on_which_a_request_was_closed_is_that_of_the_company() -> None:
    """Half past midnight on the third of March there is still the second by the world's clock."""
    case = asked(cilla())
    cases.take_back(case=case, seen_revision=1, **{**BY, "at": NOW.replace(hour=23, minute=30)})
    assert case_reminders.forget_old(at=NOW.replace(year=2031, day=3)) == 0
    assert case_reminders.forget_old(at=NOW.replace(year=2031, day=4)) == 1


def test_objection_that_was_followed_is_not_forgotten_while_the_customer_is_there() -> None:
    customer = cilla()
    answer(known(asked(customer, "OBJECTION")))
    assert case_reminders.forget_old(at=NOW.replace(year=2032)) == 0
    assert selectors.has_objected(customer, None)


def test_words_under_a_destroyed_key_are_told_as_lost() -> None:
    case = asked(cilla())
    row = _case(case)
    blob = bytearray(bytes(row.words_sealed))
    blob[-1] ^= 1
    Case.objects.filter(pk=case).update(words_sealed=bytes(blob))
    assert selectors.whole_case(case=case, **BY).words is None
    made = privacy.export_person(Subject(Kind.CUSTOMER, row.customer_ref), actor="system", at=NOW)
    assert made.unreadable == 1


def test_answers_due_are_those_within_reach_the_first_first() -> None:
    asked(cilla(), received_on=date(2026, 2, 5))
    asked(cilla(), received_on=date(2026, 1, 7))
    answer(known(asked(cilla(), "OBJECTION")))
    assert selectors.answers_due(reach=EVERYBODY) == [date(2026, 2, 9), date(2026, 3, 5)]
    assert selectors.answers_due(reach=NOBODY) == []


def test_customer_who_said_no_to_advertising_and_is_erased_comes_back_with_no_list() -> None:
    customer, other = cilla(), add(DAN)[0]
    asked(customer, "OBJECTION")
    marks = customers.known_again_by(customer)
    for one in (customer, other):
        erasures.ask_erasure(customer=one, ground=Erasure.Ground.DUE, **BY)
    assert suppression.held_back([*marks, *customers.known_again_by(other)]) == set(marks)


def test_erasure_knows_the_request_and_closes_it_when_it_is_done() -> None:
    customer = cilla()
    case = known(asked(customer, "ERASURE"))
    erasure = erasures.ask_erasure(customer=customer, ground=Erasure.Ground.REQUEST, **BY)
    assert (Erasure.objects.get().case_ref, selectors.erasure_of(customer)) == (case, erasure)
    assert selectors.whole_case(case=case, **BY).person.is_put_aside
    after = NOW + timedelta(days=14)
    assert destroying.destroy_due(at=after) == 1
    assert case_reminders.close_erased(at=after) == 1
    assert (_case(case).state, steps_of(case)[-1]) == (Case.State.DONE, "erased")
    assert case_reminders.close_erased(at=after) == 0
