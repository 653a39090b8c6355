"""A customer is put aside first, then destroyed; until then somebody can call it off."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.cast import CILLA, DAN, NOW
from tests.erasure.erasing import AFTER, ANNA, ask, buried, erase, state_of
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY, Reach
from tryggve.accounts.policy import Refused as OutOfReach
from tryggve.audit import selectors as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import exported, register
from tryggve.domains.customers.services import notes, records
from tryggve.domains.customers.services.import_turn import turn
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import MACHINE, add, in_force
from tryggve.domains.rights.models import Erasure, Keep, Suppression
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import erasures, quarantine

pytestmark = pytest.mark.django_db


@pytest.fixture
def cilla() -> UUID:
    [cilla, _dan] = add(CILLA, DAN)
    return cilla


def test_customer_who_is_put_aside_is_in_no_list_no_search_and_no_file(cilla: UUID) -> None:
    def found() -> tuple[list[str], list[str], int]:
        hits = register.customers_matching(text="cilla", actor=MACHINE, at=NOW, reach=EVERYBODY)
        return sorted(in_force()), [details.name for _id, details in hits], len(_in_files())

    assert found() == ([CILLA.name, DAN.name], [CILLA.name], 2)

    ask(cilla)

    assert found() == ([DAN.name], [], 1)
    assert state_of(cilla) == Customer.State.PUT_ASIDE
    with pytest.raises(register.NoSuchCustomer):
        register.customer_card(customer=cilla, actor=MACHINE, at=NOW, reach=EVERYBODY)
    assert customers.person(cilla) is None


def _in_files() -> list[UUID]:
    return exported.customers_in_view(reach=EVERYBODY)


def test_customer_who_is_put_aside_is_neither_changed_nor_put_aside_again(cilla: UUID) -> None:
    ask(cilla)
    with pytest.raises(records.AlreadyGone):
        notes.add_note(customer=cilla, text="ring", actor=ANNA, at=NOW, reach=EVERYBODY)
    with pytest.raises(records.AlreadyGone):
        customers.put_aside(customer=cilla, reach=EVERYBODY)


def test_erasure_is_carried_out_when_the_quarantine_is_over_and_not_before(cilla: UUID) -> None:
    key = vault.key_id_of(bytes(Customer.objects.get(pk=cilla).details_sealed))
    erasure = ask(cilla)

    assert destroying.destroy_due(at=AFTER - timedelta(seconds=1)) == 0
    assert key in power.keys_kept()
    assert destroying.destroy_due(at=AFTER) == 1

    assert (state_of(cilla), key in power.keys_kept(), cilla in buried()) == (None, False, True)
    row = Erasure.objects.get(pk=erasure)
    assert (row.state, row.destroyed_at) == (Erasure.State.DESTROYED, AFTER)
    assert row.outcome == {
        "erased": {"customers.register": 1},
        "held_back": 4,
        "gone_here": AFTER.isoformat(),
    }
    assert sorted(in_force()) == [DAN.name]
    assert destroying.destroy_due(at=AFTER) == 0


def test_log_tells_codes_and_ids_of_the_whole_way(cilla: UUID) -> None:
    erasure = str(erase(cilla))
    assert [(one.action, one.actor, one.facts) for one in audit.entries_about(cilla)] == [
        ("rights.erased", "system", {}),
        ("rights.erasure-asked", ANNA, {"erasure": erasure, "ground": "request"}),
        ("customers.added", MACHINE, {}),
    ]


def test_asked_twice_it_is_one_erasure(cilla: UUID) -> None:
    assert ask(cilla) == ask(cilla, ground=Erasure.Ground.MISTAKE)
    assert Erasure.objects.count() == 1


def test_erasure_of_nobody_is_refused(cilla: UUID) -> None:
    with pytest.raises(customers.AlreadyGone):
        ask(uuid4())
    erase(cilla)
    with pytest.raises(customers.AlreadyGone):
        ask(cilla)


def test_customer_of_another_person_is_not_put_aside(cilla: UUID) -> None:
    with pytest.raises(OutOfReach):
        erasures.ask_erasure(
            customer=cilla,
            ground=Erasure.Ground.REQUEST,
            actor=ANNA,
            at=NOW,
            reach=Reach(frozenset({uuid4()})),
        )
    assert state_of(cilla) == Customer.State.ACTIVE


def test_erasure_that_is_called_off_leaves_everything_as_it_was(cilla: UUID) -> None:
    before = Customer.objects.get(pk=cilla).details_sealed
    erasure = ask(cilla)
    assert Suppression.objects.count() == 4

    erasures.call_off(erasure=erasure, actor=ANNA, at=NOW, reach=EVERYBODY)

    row = Customer.objects.get(pk=cilla)
    assert (row.state, bytes(row.details_sealed)) == (Customer.State.ACTIVE, bytes(before))
    assert (Suppression.objects.count(), destroying.destroy_due(at=AFTER)) == (0, 0)
    assert in_force()[CILLA.name] == CILLA
    with pytest.raises(erasures.NotWaiting):
        erasures.call_off(erasure=erasure, actor=ANNA, at=NOW, reach=EVERYBODY)
    assert ask(cilla) != erasure


def test_erasure_that_was_carried_out_is_not_called_off(cilla: UUID) -> None:
    erasure = erase(cilla)
    with pytest.raises(erasures.NotWaiting):
        erasures.call_off(erasure=erasure, actor=ANNA, at=AFTER, reach=EVERYBODY)


def test_second_person_lets_it_be_done_at_once(cilla: UUID, anna: User, karin: User) -> None:
    erasure = ask(cilla, actor=anna.actor)
    erasures.agree_to_sooner(erasure=erasure, actor=karin.actor, at=NOW, reach=EVERYBODY)
    assert destroying.destroy_due(at=NOW) == 1
    assert (state_of(cilla), Erasure.objects.get(pk=erasure).hastened_by) == (None, karin.actor)


@pytest.mark.parametrize("who", ["the one who asked", "an employee", "a command", "somebody who left"])
def test_nobody_else_lets_it_be_done_at_once(
    cilla: UUID, anna: User, bo: User, karin: User, who: str
) -> None:
    User.objects.filter(pk=karin.pk).update(is_active=False)
    actors = {
        "the one who asked": anna.actor,
        "an employee": bo.actor,
        "a command": MACHINE,
        "somebody who left": karin.actor,
    }
    erasure = ask(cilla, actor=anna.actor)
    with pytest.raises(erasures.SomebodyElse):
        erasures.agree_to_sooner(erasure=erasure, actor=actors[who], at=NOW, reach=EVERYBODY)
    assert destroying.destroy_due(at=NOW) == 0


def test_what_the_machine_asked_for_waits(cilla: UUID, anna: User) -> None:
    erasure = ask(cilla, actor="system", ground=Erasure.Ground.DUE)
    with pytest.raises(erasures.SomebodyElse):
        erasures.agree_to_sooner(erasure=erasure, actor=anna.actor, at=NOW, reach=EVERYBODY)


def test_firm_chooses_how_long_it_waits(cilla: UUID) -> None:
    assert quarantine.quarantine_days(at=NOW) == 14
    quarantine.set_quarantine(days=21, actor=ANNA, at=NOW)
    ask(cilla)
    assert destroying.destroy_due(at=NOW + timedelta(days=21, seconds=-1)) == 0
    assert destroying.destroy_due(at=NOW + timedelta(days=21)) == 1


@pytest.mark.parametrize("days", [0, -1, 22])
def test_time_in_which_nothing_can_be_called_off_or_that_is_too_long_is_refused(days: int) -> None:
    with pytest.raises(quarantine.NotSoMany):
        quarantine.set_quarantine(days=days, actor=ANNA, at=NOW)
    assert quarantine.quarantine_days(at=NOW) == 14


def test_customer_whom_the_law_holds_is_not_put_aside(cilla: UUID) -> None:
    _hold(cilla)
    with pytest.raises(customers.Held):
        ask(cilla)
    assert state_of(cilla) == Customer.State.ACTIVE


def test_customer_whom_the_law_holds_meanwhile_waits(cilla: UUID) -> None:
    ask(cilla)
    held = _hold(cilla)
    assert (destroying.destroy_due(at=AFTER), state_of(cilla)) == (0, Customer.State.PUT_ASIDE)
    held.ended_at = AFTER
    held.save()
    assert destroying.destroy_due(at=AFTER) == 1


def _hold(customer: UUID) -> Keep:
    return Keep.objects.create(
        customer_ref=customer, kind=Keep.Kind.HOLD, reason_sealed=b"", decided_at=NOW, decided_by=ANNA
    )


def test_erasure_waits_while_a_list_is_brought_in(cilla: UUID) -> None:
    ask(cilla)
    with turn():
        assert destroying.destroy_due(at=AFTER) == 0
    assert state_of(cilla) == Customer.State.PUT_ASIDE
    assert destroying.destroy_due(at=AFTER) == 1


def test_one_that_fails_holds_up_no_other(cilla: UUID, caplog: pytest.LogCaptureFixture) -> None:
    [dan] = [pk for pk in Customer.objects.values_list("pk", flat=True) if pk != cilla]
    bad = ask(cilla)
    ask(dan)
    with power.at_point("erasure: marked", lambda: (_ for _ in ()).throw(ValueError)):
        assert destroying.destroy_due(at=AFTER) == 1
    assert [one.__dict__["facts"] for one in caplog.records] == [{"erasure": str(bad), "error": "ValueError"}]
    assert destroying.destroy_due(at=AFTER) == 1


def test_rows_that_an_older_copy_brought_back_are_erased_again(cilla: UUID) -> None:
    copy = Customer.objects.get(pk=cilla)
    erase(cilla, ground=Erasure.Ground.MISTAKE)
    copy.save(force_insert=True)

    assert destroying.replay_ledger(at=AFTER) == 1

    assert state_of(cilla) is None
    assert audit.entries_about(cilla)[0].action == "rights.erased-again"
    assert destroying.replay_ledger(at=AFTER) == 0


def test_older_copy_in_which_the_erasure_still_waits_is_settled_too(cilla: UUID) -> None:
    copy = Customer.objects.get(pk=cilla)
    erasure = erase(cilla)
    copy.state = Customer.State.PUT_ASIDE
    copy.save(force_insert=True)
    Erasure.objects.filter(pk=erasure).update(
        state=Erasure.State.QUARANTINE, destroyed_at=None, outcome={"tags": []}
    )

    assert destroying.replay_ledger(at=AFTER + timedelta(days=9)) == 1

    row = Erasure.objects.get(pk=erasure)
    assert (row.state, row.destroyed_at, row.outcome["erased"]) == (
        Erasure.State.DESTROYED,
        AFTER,
        {"customers.register": 1},
    )
