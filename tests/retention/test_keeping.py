"""Keeping somebody longer and holding somebody, with a reason that only the customer's key opens."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.cast import NOW
from tests.erasure.erasing import ask, erase, state_of
from tests.retention.keeping import AFTER, REASON, by, found, keep, tell_end
from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.accounts.policy import Refused as OutOfReach
from tryggve.audit import selectors as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import merges
from tryggve.domains.customers.tests.lists import MACHINE, bring_in, people
from tryggve.domains.customers.tests.undone import undo
from tryggve.domains.rights.models import AssignmentEnd, Due, Keep
from tryggve.domains.rights.selectors.requests.case_rows import CustomerGone
from tryggve.domains.rights.selectors.retention import due, keeps
from tryggve.domains.rights.services.retention import keeping, reviews
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["LONGER", "HOLD"])
def test_who_is_kept_is_not_due_until_the_day_has_passed(cilla: UUID, kind: str) -> None:
    assert found() == {cilla}
    last = AFTER + timedelta(days=30)
    keep(cilla, kind=kind, until=last.date())
    assert Due.objects.count() == 0
    assert (found(AFTER), found(last), found(last + timedelta(days=1))) == (set(), set(), {cilla})


def test_who_is_kept_without_a_day_is_kept_until_somebody_ends_it(cilla: UUID) -> None:
    kept = keep(cilla)
    assert found(AFTER.replace(year=2060)) == set()
    keeping.end_keep(keep=kept, **by())
    assert found() == {cilla}
    with pytest.raises(keeping.KeepEnded):
        keeping.end_keep(keep=kept, **by())


def test_reason_opens_with_the_customers_key_alone_and_stands_nowhere_else(cilla: UUID) -> None:
    kept = keep(cilla)
    row = Keep.objects.get()
    key = vault.key_id_of(bytes(Customer.objects.get(pk=cilla).details_sealed))
    assert vault.key_id_of(bytes(row.reason_sealed)) == key
    assert REASON.encode() not in bytes(row.reason_sealed)
    assert [one.reason for one in keeps.keeps_of(cilla, today=AFTER.date())] == [REASON]
    [told] = [one for one in audit.entries_about(cilla) if one.action == "rights.keep-decided"]
    assert told.facts == {"keep": str(kept), "kind": "longer"}


def test_reason_that_cant_be_opened_is_told_as_such(cilla: UUID) -> None:
    keep(cilla)
    Keep.objects.update(reason_sealed=b"damaged")
    assert [one.reason for one in keeps.keeps_of(cilla, today=AFTER.date())] == [None]


def test_new_decision_ends_the_one_of_its_kind_and_no_other(cilla: UUID) -> None:
    for kind in ("LONGER", "HOLD", "LONGER"):
        keep(cilla, kind=kind)
    standing = keeps.keeps_of(cilla, today=AFTER.date())
    assert sorted(one.kind for one in standing) == ["HOLD", "LONGER"]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"reason": "  "}, keeping.ReasonMissing),
        ({"until": AFTER.date() - timedelta(days=1)}, keeping.NotThatDay),
        ({"until": date(2040, 1, 1)}, keeping.NotThatDay),
        ({"customer": uuid4()}, CustomerGone),
        ({"reach": Reach(frozenset({uuid4()}))}, OutOfReach),
    ],
)
def test_decision_that_cant_be_is_refused(
    cilla: UUID, facts: dict[str, Any], refusal: type[Exception]
) -> None:
    told = {"customer": cilla, "kind": Keep.Kind.HOLD, "reason": REASON, "until": None, **by(), **facts}
    with pytest.raises(refusal):
        keeping.keep(**told)
    assert Keep.objects.count() == 0


def test_decision_of_another_persons_customer_is_not_ended(cilla: UUID) -> None:
    kept = keep(cilla)
    with pytest.raises(OutOfReach):
        keeping.end_keep(keep=kept, actor=MACHINE, at=AFTER, reach=Reach(frozenset({uuid4()})))
    assert Keep.objects.get().ended_at is None


def _erase(cilla: UUID, dan: UUID) -> None:
    ask(cilla)


def _merge(cilla: UUID, dan: UUID) -> None:
    merges.merge_customers(kept=dan, gone=cilla, seen=(1, 1), **by())


@pytest.mark.parametrize("remove", [_erase, _merge])
def test_nobody_removes_who_is_held_until_the_hold_ends(
    cilla: UUID, dan: UUID, remove: Callable[[UUID, UUID], None]
) -> None:
    held = keep(cilla, kind="HOLD", at=NOW)
    with pytest.raises(customers.Held):
        remove(cilla, dan)
    assert state_of(cilla) == Customer.State.ACTIVE
    keeping.end_keep(keep=held, **by())
    remove(cilla, dan)
    assert state_of(cilla) != Customer.State.ACTIVE


def test_undo_of_a_list_leaves_who_is_held(cilla: UUID) -> None:
    bring_in(people(range(3)))
    held = Customer.objects.exclude(pk=cilla).order_by("pk").values_list("pk", flat=True)[0]
    keep(held, kind="HOLD", at=NOW)
    undo(Import.objects.get().pk)
    assert set(Customer.objects.values_list("pk", flat=True)) == {cilla, held}


def test_end_of_the_assignment_and_keeps_go_with_the_customer_and_are_exported_before(cilla: UUID) -> None:
    keep(cilla, at=NOW)
    tell_end(cilla, date(2025, 6, 30))
    held = privacy.export_person(Subject(Kind.CUSTOMER, cilla), actor=MACHINE, at=NOW)
    told = {one.code: [value.content for part in one.parts for value in part.values] for one in held.held}
    assert told["rights.keeping"] == ["2025-06-30"]
    assert REASON in told["rights.keeps"]
    erase(cilla)
    assert (AssignmentEnd.objects.count(), Keep.objects.count()) == (0, 0)


def test_review_is_due_half_a_year_after_the_first_purpose_and_then_after_each_review(cilla: UUID) -> None:
    first = due.review(today=NOW.date())
    assert first is not None
    assert (first.due_on, first.is_due) == (date(2026, 9, 2), False)
    reviews.write_down_review(actor=MACHINE, at=NOW.replace(month=8, day=31))
    second = due.review(today=date(2027, 3, 1))
    assert second is not None
    assert (second.due_on, second.is_due, second.is_late) == (date(2027, 2, 28), True, True)


def test_firm_without_purposes_has_nothing_to_review(firm: object) -> None:
    assert due.review(today=NOW.date()) is None
