"""An older copy of the data is put back: who was erased goes again, and somebody is told what else it has forgotten."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import signing_in
from tests.by_right.consenting import letters_sent
from tests.cast import CILLA, DAN, NOW
from tests.erasure.erasing import AFTER, ask, erase, state_of
from tryggve.accounts.models import User
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, Merge
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.customers.tests.merging import merge
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import Erasure, PutBack
from tryggve.domains.rights.services.destruction import destroying
from tryggve.lib import before_serving

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
DAY = timedelta(days=1)


@pytest.fixture
def came_back(karin: User) -> UUID:
    """Cilla was erased; then a copy was put back that knows nothing of it."""
    [cilla] = add(CILLA)
    copy = Customer.objects.get(pk=cilla)
    erase(cilla)
    copy.save(force_insert=True)
    Erasure.objects.all().delete()
    return cilla


def test_erased_again_she_has_a_receipt_again(came_back: UUID) -> None:
    assert destroying.replay_ledger(at=AFTER + DAY) == 1
    row = Erasure.objects.get()
    assert (row.customer_ref, row.state, row.ground, row.destroyed_at) == (
        came_back, "DESTROYED", "AGAIN", AFTER,
    )  # fmt: skip


def test_captain_is_told_once_what_the_copy_has_forgotten(came_back: UUID, karin: User) -> None:
    destroying.replay_ledger(at=AFTER)
    destroying.replay_ledger(at=AFTER + DAY)
    [letter] = letters_sent(notices.PUT_BACK)
    assert letter.address == karin.email
    assert "consents that they took back, objections to advertising, and requests" in letter.text


def test_first_page_tells_it_for_a_month(came_back: UUID, anna: User, time_machine: Any) -> None:
    time_machine.move_to(AFTER + DAY, tick=False)
    as_anna = signing_in.browser_of(anna)
    assert "An older copy" not in as_anna.get("/today/").content.decode()
    destroying.replay_ledger(at=AFTER + DAY)
    assert "An older copy of the data was put back" in as_anna.get("/today/").content.decode()
    PutBack.objects.update(noticed_at=AFTER - 30 * DAY)
    assert "An older copy" not in as_anna.get("/today/").content.decode()


def test_who_came_back_with_a_card_merged_into_hers_goes_with_it_and_holds_up_nobody(karin: User) -> None:
    cilla, guest, dan = add(CILLA, Details(name="Cilla Å"), DAN)
    merge(cilla, guest)
    copies = [*Customer.objects.all(), *Merge.objects.all()]
    for one in (cilla, dan):
        ask(one)
    assert destroying.destroy_due(at=AFTER) == 2
    for copy in copies:
        copy.save(force_insert=True)

    assert destroying.replay_ledger(at=AFTER + DAY) == 2

    assert (Customer.objects.count(), Merge.objects.filter(kept_ref=cilla).count()) == (0, 0)
    assert set(Erasure.objects.values_list("customer_ref", flat=True)) == {cilla, dan}


def test_merged_card_whose_keys_are_just_destroyed_is_no_older_copy(karin: User) -> None:
    """The start goes through the ledger before it finishes what was cut off."""
    cilla, guest = add(CILLA, Details(name="Cilla Å"))
    merge(cilla, guest)
    ask(cilla)
    with power.at_point("customer: key destroyed", _cut), pytest.raises(power.PowerCut):
        destroying.destroy_due(at=AFTER)

    assert (destroying.replay_ledger(at=AFTER), PutBack.objects.exists()) == (0, False)
    assert destroying.destroy_due(at=AFTER) == 1
    assert (Customer.objects.count(), Erasure.objects.count()) == (0, 1)


def _cut() -> None:
    raise power.PowerCut


def test_replay_without_anybody_who_came_back_tells_nobody(karin: User) -> None:
    [cilla] = add(CILLA)
    erase(cilla)
    assert destroying.replay_ledger(at=AFTER + DAY) == 0
    assert (PutBack.objects.exists(), letters_sent(notices.PUT_BACK)) == (False, [])


def test_who_came_back_is_gone_before_anybody_is_served(came_back: UUID) -> None:
    before_serving.do_all(AFTER + DAY)
    assert state_of(came_back) is None


def test_deed_that_fails_before_serving_holds_up_no_start(caplog: pytest.LogCaptureFixture) -> None:
    def failing(_now: Any) -> None:
        raise ValueError

    before_serving.before_serving(failing)
    try:
        before_serving.do_all(NOW)
    finally:
        before_serving._deeds.remove(failing)
    assert "a deed before serving failed" in caplog.text
