"""Requests of customers: opened, identified, extended, answered, closed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
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
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.policy import Reach, Refused
from tryggve.accounts.policy.reach import NOBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.services import records
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.rights.models import Case, Restriction
from tryggve.domains.rights.selectors.requests import cases as selectors
from tryggve.domains.rights.selectors.requests.case_rows import NoSuchCase
from tryggve.domains.rights.services.requests import case_answers, case_deeds, case_steps, cases
from tryggve.domains.rights.services.requests.case_answers import Outcome, Way
from tryggve.domains.setup.models import Firm
from tryggve.lib.ids import new_id
from tryggve.notices import letters
from tryggve.notices.models import OutboxMessage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]


def _case(case: UUID) -> Case:
    return Case.objects.get(pk=case)


def _mails() -> list[letters.Letter]:
    rows = OutboxMessage.objects.order_by("pk")
    return [letters.opened(bytes(row.body_sealed or b""), row.pk, row.recipient_ref) for row in rows]


def test_request_is_due_a_month_after_it_came_by_the_firms_calendar() -> None:
    assert _case(asked(cilla())).due_on == date(2026, 4, 2)
    assert _case(asked(cilla(), received_on=date(2026, 2, 3))).due_on == date(2026, 3, 3)


def test_request_in_denmark_is_due_after_danish_holidays(firm: Firm) -> None:
    Firm.objects.update(country="DK")
    assert _case(asked(cilla())).due_on == date(2026, 4, 7)  # 2 April is Maundy Thursday


def test_request_that_comes_tomorrow_is_refused() -> None:
    with pytest.raises(cases.NotReceivedThen):
        asked(cilla(), received_on=TODAY + timedelta(days=1))


def test_words_of_the_customer_lie_sealed_and_are_read_again() -> None:
    case = asked(cilla(), words="Vad vet ni om mig?")
    assert b"Vad vet" not in bytes(_case(case).words_sealed)
    assert selectors.whole_case(case=case, **BY).words == "Vad vet ni om mig?"


def test_each_step_is_in_the_log_about_the_customer() -> None:
    customer = cilla()
    answer(known(asked(customer, "RECTIFICATION")))
    entries = Entry.objects.filter(subject=customer, action__startswith="rights.").order_by("pk")
    assert [one.action for one in entries] == [
        "rights.case-opened",
        "rights.identity-checked",
        "rights.case-closed",
    ]


def test_request_of_another_persons_customer_is_refused() -> None:
    with pytest.raises(Refused):
        asked(cilla(), reach=NOBODY)
    case = asked(cilla())
    with pytest.raises(Refused):
        selectors.whole_case(case=case, actor="system", at=NOW, reach=NOBODY)


def test_list_shows_those_within_reach_the_late_before_the_others() -> None:
    late = asked(cilla(), received_on=date(2026, 1, 7))
    calm = asked(add(DAN)[0])
    found = selectors.open_cases(**BY)
    assert [(one.case.pk, one.name, one.clock.days_left) for one in found] == [
        (late, CILLA.title, -21),
        (calm, DAN.title, 31),
    ]
    assert selectors.open_cases(actor="system", at=NOW, reach=NOBODY) == []


def test_identity_that_is_not_sure_needs_a_reason() -> None:
    case = asked(cilla())
    with pytest.raises(cases.WordsMissing):
        known(case, how=cases.Identity.REFUSED)
    known(case, how=cases.Identity.REFUSED, why="another telephone number")
    step = selectors.whole_case(case=case, **BY).steps[-1]
    assert (step.code, step.words) == ("identity", "another telephone number")


def test_answer_before_it_is_known_who_asks_is_refused() -> None:
    case = asked(cilla())
    with pytest.raises(case_answers.IdentityUnknown):
        answer(case)
    assert _case(case).state == Case.State.OPEN
    assert _mails() == []


def test_answer_is_mailed_kept_sealed_and_closes_the_request() -> None:
    case = known(asked(cilla(), "RECTIFICATION"))
    answer(case)
    [mail] = _mails()
    assert (mail.address, mail.subject) == ("cilla@example.se", "Your request")
    step = selectors.whole_case(case=case, **BY).steps[-1]
    assert step.letter is not None
    assert step.letter.text == mail.text
    assert (_case(case).state, _case(case).closed_at) == (Case.State.DONE, NOW)


def test_answer_on_paper_sends_nothing() -> None:
    case = known(asked(cilla()))
    answer(case, written=letter(way=Way.PAPER))
    assert (_mails(), _case(case).state) == ([], Case.State.DONE)


def test_answer_by_mail_without_an_address_is_refused() -> None:
    [customer] = add(replace(CILLA, emails=()))
    case = known(asked(customer, "RECTIFICATION"))
    with pytest.raises(case_answers.NoAddress):
        answer(case)
    assert _case(case).state == Case.State.OPEN


@pytest.mark.parametrize(
    "left", ["[Write it]", "[Skriv vad ni har gjort.]", "[Skriv, hvad I har gjort.", "[Write"]
)
def test_answer_with_something_of_the_draft_to_be_written_is_refused(left: str) -> None:
    case = known(asked(cilla(), "RECTIFICATION"))
    with pytest.raises(case_answers.GapLeft):
        answer(case, written=letter(f"Hello,\n\n{left}\n\nBye\n"))


def test_customer_with_a_bracket_in_the_name_is_answered() -> None:
    [customer] = add(replace(CILLA, name="Cilla [Åkerström] Snickeri"))
    case = known(asked(customer, "RECTIFICATION"))
    answer(case, written=letter("Hello Cilla [Åkerström] Snickeri,\n\nIt is done [1].\n\nBye\n"))
    assert (_case(case).state, len(_mails())) == (Case.State.DONE, 1)


def test_refusal_tells_why_and_where_to_complain() -> None:
    case = known(asked(cilla()))
    with pytest.raises(cases.WordsMissing):
        answer(case, Outcome.REFUSED)
    answer(case, Outcome.REFUSED, reason="You asked yesterday, too.")
    [mail] = _mails()
    assert "You asked yesterday, too." in mail.text
    assert "imy@imy.se" in mail.text
    assert _case(case).state == Case.State.REFUSED


def test_question_leaves_the_request_open() -> None:
    case = asked(cilla())
    answer(case, Outcome.GOES_ON)
    assert (_case(case).state, len(_mails())) == (Case.State.OPEN, 1)


def test_extension_adds_two_months_and_tells_why() -> None:
    case = asked(cilla())
    case_answers.extend(case=case, seen_revision=1, written=letter(), reason="Much to look through.", **BY)
    assert (_case(case).due_on, _case(case).is_extended) == (date(2026, 6, 2), True)
    assert "Much to look through." in _mails()[0].text


def test_extension_after_the_first_month_is_refused() -> None:
    case = asked(cilla(), received_on=date(2026, 1, 30))
    last, after = NOW, NOW + timedelta(days=1)
    assert _case(case).due_on == last.date()
    told: dict[str, Any] = {"case": case, "seen_revision": 1, "written": letter(), "reason": "Much."}
    with pytest.raises(case_answers.TooLateToExtend):
        case_answers.extend(**told, **{**BY, "at": after})
    case_answers.extend(**told, **BY)


def test_extension_twice_is_refused() -> None:
    case = asked(cilla())
    case_answers.extend(case=case, seen_revision=1, written=letter(), reason="Much.", **BY)
    with pytest.raises(case_answers.TooLateToExtend):
        case_answers.extend(case=case, seen_revision=2, written=letter(), reason="Much.", **BY)


def test_second_of_two_people_at_once_is_told() -> None:
    case = asked(cilla())
    cases.check_identity(case=case, seen_revision=1, how=cases.Identity.KNOWN, why="", **BY)
    with pytest.raises(case_steps.ChangedMeanwhile):
        cases.take_back(case=case, seen_revision=1, **BY)
    assert _case(case).state == Case.State.OPEN


def test_request_taken_back_is_closed_and_takes_no_more_steps() -> None:
    case = asked(cilla())
    cases.take_back(case=case, seen_revision=1, **BY)
    with pytest.raises(case_steps.Closed):
        cases.take_back(case=case, seen_revision=2, **BY)
    assert steps_of(case) == ["received", "taken-back"]


def test_request_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NoSuchCase):
        selectors.whole_case(case=new_id(), **BY)


def test_restriction_keeps_the_data_from_use() -> None:
    customer = cilla()
    case = known(asked(customer, "RESTRICTION"))
    case_deeds.carry_out(case=case, seen_revision=revision_of(case), **BY)
    restricted = customers.person(customer)
    assert restricted is not None
    assert restricted.is_restricted
    assert Restriction.objects.get().case_id == case


def test_restriction_waits_until_it_is_known_who_asks() -> None:
    case = asked(cilla(), "RESTRICTION")
    with pytest.raises(case_answers.IdentityUnknown):
        case_deeds.carry_out(case=case, seen_revision=1, **BY)


def test_objection_to_advertising_counts_at_once_for_every_purpose() -> None:
    customer = cilla()
    assert not selectors.has_objected(customer, new_id())
    asked(customer, "OBJECTION")
    assert selectors.has_objected(customer, new_id())
    assert selectors.has_objected(customer, None)
    assert set(selectors.newest_objections(None)) == {customer}


def test_objection_to_one_purpose_counts_for_that_one() -> None:
    customer, purpose = cilla(), new_id()
    case = asked(customer, "OBJECTION", purpose=purpose)
    assert selectors.has_objected(customer, purpose)
    assert not selectors.has_objected(customer, new_id())
    answer(case, Outcome.REFUSED, reason="We must.")
    assert not selectors.has_objected(customer, purpose)


def test_objection_to_advertising_cannot_be_refused() -> None:
    case = asked(cilla(), "OBJECTION")
    with pytest.raises(case_answers.NotRefusable):
        answer(case, Outcome.REFUSED, reason="We want to.")


def test_objection_that_was_followed_or_waits_counts_and_one_taken_back_does_not() -> None:
    customer = cilla()
    answer(known(asked(customer, "OBJECTION")))
    assert selectors.has_objected(customer, None)
    other = cilla()
    case = asked(other, "OBJECTION")
    cases.take_back(case=case, seen_revision=1, **BY)
    assert not selectors.has_objected(other, None)


def test_employee_sees_own_closed_requests_however_many_others_were_closed_since() -> None:
    bo = new_id()
    mine = records.add_customer(details=DAN, actor=MACHINE, at=NOW, responsible=bo)
    own = asked(mine)
    cases.take_back(case=own, seen_revision=1, **BY)
    others = cilla()
    for minute in range(1, 52):
        at = NOW + timedelta(minutes=minute)
        cases.take_back(case=asked(others), seen_revision=1, **{**BY, "at": at})
    seen = selectors.closed_cases(actor=MACHINE, at=NOW, reach=Reach(frozenset({bo})))
    assert [(one.case.pk, one.name) for one in seen] == [(own, DAN.name)]
    assert len(selectors.closed_cases(**BY)) == 50
