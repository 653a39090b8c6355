"""Erasing whom nothing needs any more: after a yes, with the waiting time, and never who must stay."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.by_right import asking
from tests.erasure.erasing import buried, state_of
from tests.retention.keeping import AFTER, by, found, keep
from tryggve.accounts.policy import EVERYBODY, Reach
from tryggve.audit import selectors as audit
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import notes
from tryggve.domains.customers.tests.lists import MACHINE, bring_in, people
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import Due, Erasure
from tryggve.domains.rights.selectors.retention import left_out
from tryggve.domains.rights.selectors.retention.left_out import Left
from tryggve.domains.rights.services import restrictions
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import erasures
from tryggve.domains.rights.services.retention import purging

pytestmark = pytest.mark.django_db
WAITED = AFTER + timedelta(days=14)


def _purge(*customers: UUID, reach: Reach = EVERYBODY) -> purging.Purged:
    return purging.purge(customers, actor=MACHINE, at=AFTER, reach=reach)


def test_purged_customer_waits_and_is_then_erased_like_any_other(cilla: UUID) -> None:
    found()
    done = _purge(cilla)
    row = Erasure.objects.get()
    assert (done.put_aside, done.left_out) == ({cilla: row.pk}, {})
    assert (row.ground, row.state, row.destroys_at) == ("DUE", "QUARANTINE", WAITED)
    assert (state_of(cilla), Due.objects.count()) == (Customer.State.PUT_ASIDE, 0)
    assert destroying.destroy_due(at=WAITED) == 1
    assert (state_of(cilla), cilla in buried()) == (None, True)


def _hold(customer: UUID) -> None:
    keep(customer, kind="HOLD")


def _keep(customer: UUID) -> None:
    keep(customer)


def _restrict(customer: UUID) -> None:
    restrictions.restrict(customer=customer, **by())


def _case(customer: UUID) -> None:
    asking.asked(customer)
    assert customer in found()  # the request came three years ago: it is the waiting that counts


def _contact(customer: UUID) -> None:
    notes.add_note(customer=customer, text="rang", **by())


def _gone(customer: UUID) -> None:
    Customer.objects.filter(pk=customer).update(state=Customer.State.DESTROYING)


@pytest.mark.parametrize(
    ("stand_in_the_way", "why"),
    [
        (_hold, Left.HELD),
        (_keep, Left.KEPT),
        (_restrict, Left.RESTRICTED),
        (_case, Left.OPEN_CASE),
        (_contact, Left.NEEDED),
        (_gone, Left.GONE),
    ],
)
def test_who_must_stay_is_left_out_and_told_why(
    cilla: UUID, dan: UUID, stand_in_the_way: Callable[[UUID], None], why: Left
) -> None:
    found()
    stand_in_the_way(cilla)
    rehearsed = purging.rehearsed([cilla], at=AFTER, reach=EVERYBODY)
    done = _purge(cilla)
    assert (rehearsed.left_out, done.left_out, done.put_aside) == ({cilla: why}, {cilla: why}, {})
    assert Erasure.objects.count() == 0


def test_one_who_must_stay_holds_up_no_other(cilla: UUID, dan: UUID) -> None:
    keep(cilla, kind="HOLD")
    done = _purge(cilla, dan, uuid4())
    assert (list(done.put_aside), sorted(done.counted().items())) == ([dan], [(Left.GONE, 1), (Left.HELD, 1)])
    [told] = [one for one in audit.newest_entries() if one.action == actions.DUE_PURGED.code]
    assert (told.facts, told.subject) == ({"count": 1, "left_out": 2}, None)


def test_another_persons_customer_is_left_out(cilla: UUID) -> None:
    done = _purge(cilla, reach=Reach(frozenset({uuid4()})))
    assert (done.left_out, Erasure.objects.count()) == ({cilla: Left.NOT_OURS}, 0)


def test_hold_that_came_between_the_question_and_the_deed_counts(
    cilla: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = left_out.judged

    def judged_then_held(*given: object, **more: object) -> dict[UUID, Left | None]:
        answer = judged(*given, **more)  # type: ignore[arg-type]
        keep(cilla, kind="HOLD")
        return answer

    monkeypatch.setattr(left_out, "judged", judged_then_held)
    assert _purge(cilla).left_out == {cilla: Left.HELD}


def test_rehearsal_changes_nothing(cilla: UUID) -> None:
    found()
    done = purging.rehearsed(purging.everybody_due(), at=AFTER, reach=EVERYBODY)
    assert (done.put_aside, Erasure.objects.count(), Due.objects.count()) == ({cilla: None}, 0, 1)


def test_nothing_chosen_is_not_in_the_log(cilla: UUID) -> None:
    _purge()
    assert [one.action for one in audit.newest_entries(limit=1)] != [actions.DUE_PURGED.code]


def test_everybody_due_is_walked_through_while_they_are_put_aside(cilla: UUID) -> None:
    bring_in(people(range(120)))
    found()
    done = purging.purge(purging.everybody_due(), actor=MACHINE, at=AFTER, reach=EVERYBODY)
    assert (len(done.put_aside), Due.objects.count()) == (121, 0)


def test_judging_asks_as_often_however_many_there_are(cilla: UUID) -> None:
    def asked() -> int:
        chosen = list(Customer.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as queries:
            left_out.judged(chosen, at=AFTER, reach=EVERYBODY)
        return len(queries)

    few = asked()
    bring_in(people(range(40)))
    assert asked() == few


def test_quarantine_that_began_before_a_hold_ends_in_no_erasure(cilla: UUID) -> None:
    _purge(cilla)
    keep(cilla, kind="HOLD", until=(WAITED + timedelta(days=5)).date())
    assert destroying.destroy_due(at=WAITED) == 0
    assert destroying.destroy_due(at=WAITED + timedelta(days=6)) == 1


def test_called_off_the_next_night_finds_the_customer_again(cilla: UUID) -> None:
    done = _purge(cilla)
    erasures.call_off(erasure=done.put_aside[cilla] or uuid4(), **by())
    assert found() == {cilla}
