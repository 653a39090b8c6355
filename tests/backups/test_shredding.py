"""The proof that who was erased is gone from the backups: with real pairs, a real key store and the real restic."""

from pathlib import Path

import pytest
from django.utils import timezone

from tests.backups.shredded import DAY, Proof, key_place, key_store, logged, made_up, near, proof
from tests.cast import CILLA
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.backups.models import Copy, Place, Run, Shredding
from tryggve.domains.backups.selectors.shredding import Failed, NotYet, Pending, Proven, state_of_proof
from tryggve.domains.backups.services import pairs, shredding
from tryggve.domains.backups.services import places as places_of
from tryggve.domains.backups.services.shredding import ReadBack
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.tests.lists import add
from tryggve.lib import folders
from tryggve.notices.models import OutboxMessage

__all__ = ["key_place", "near", "proof"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


def test_whoever_is_made_up_is_backed_up_read_back_erased_and_then_gone_from_the_older_copy(
    proof: Proof,
) -> None:
    now = timezone.now()
    [cilla] = add(CILLA)
    assert state_of_proof(now) == NotYet()
    run = pairs.take(why=Run.Why.ASKED, now=timezone.now)
    [one] = Shredding.objects.all()
    assert (made_up(), one.run) == ([one.customer], run)

    assert proof.read_back_from_places(run, now) is ReadBack.READ
    assert state_of_proof(now) == NotYet()
    shredding.erase_read_back(now)
    assert (made_up(), vault.destroyed_keys_of(one.customer)) == ([], [one.key])
    assert Run.objects.filter(why=Run.Why.ERASURE, state=Run.State.WAITING).count() == 1

    first = proof.judged(now)
    one.refresh_from_db()
    assert isinstance(first, Pending)
    [copied] = proof.keys.snapshots()
    assert first == Pending(copied.taken_at + 14 * DAY)
    assert one.erased_at is not None

    pairs.take(why=Run.Why.ASKED, now=timezone.now)
    [other] = made_up()
    assert (other != one.customer, proof.judged(now)) == (True, first)
    proof.forget_keys(proof.key_copies()[-1])
    later = timezone.now()
    assert proof.judged(later) == Proven(later, one.erased_at)
    assert logged() == [
        "backups.stand-in-added",
        "backups.stand-in-erased",
        "backups.stand-in-added",
        "backups.shredding-proven",
    ]
    told = Entry.objects.get(action="backups.shredding-proven").facts
    assert told == {"run": str(run.pk), "copies": 1}
    assert customers.person(cilla) is not None


def test_it_is_pending_until_the_last_copy_that_has_the_key_is_too_old(proof: Proof) -> None:
    proof.backed_up()
    before = key_store()
    one = proof.erased(timezone.now())
    proof.forget_keys()
    proof.bring_keys(before, at=timezone.now() - 2 * DAY)
    proof.bring_keys(before, at=timezone.now() - DAY)
    newest = proof.bring_keys(key_store(), at=timezone.now())
    now = timezone.now()
    _first, second, _third = proof.keys.snapshots()
    assert proof.judged(now) == Pending(second.taken_at + 14 * DAY)
    proof.forget_keys(newest)
    assert proof.judged(now) == Proven(now, Shredding.objects.get(pk=one.pk).erased_at)  # type: ignore[arg-type]


def test_a_copy_of_the_keys_beyond_its_date_is_a_failure_until_it_is_gone(proof: Proof, karin: User) -> None:
    long_ago = timezone.now() - 20 * DAY
    proof.backed_up()
    before = key_store()
    one = proof.erased(long_ago)
    proof.forget_keys()
    today = proof.bring_keys(key_store(), at=timezone.now())
    proof.bring_keys(before, at=long_ago - DAY)
    now = timezone.now()
    assert proof.judged(now) == Failed(now)
    assert proof.judged(now + DAY) == Failed(now)  # known since, and told once
    assert logged()[-1] == "backups.shredding-failed"
    [mail] = OutboxMessage.objects.all()
    assert (mail.kind, mail.made_at) == ("backups.shredding-failed", now)
    assert Entry.objects.get(action="backups.shredding-failed").facts == {
        "run": str(one.run_id),
        "places": [str(proof.key_place.id)],
    }
    proof.forget_keys(today)
    assert proof.judged(now + 2 * DAY) == Proven(now + 2 * DAY, Shredding.objects.get(pk=one.pk).erased_at)  # type: ignore[arg-type]


def test_a_copy_of_the_keys_from_after_the_erasure_that_has_the_key_is_a_failure(proof: Proof) -> None:
    proof.backed_up()
    before = key_store()
    proof.erased(timezone.now() - DAY)
    proof.forget_keys()
    proof.bring_keys(before, at=timezone.now())
    now = timezone.now()
    assert proof.judged(now) == Failed(now)


def test_a_key_that_is_back_in_the_key_store_is_a_failure(proof: Proof) -> None:
    proof.backed_up()
    before = key_store()
    proof.erased(timezone.now())
    proof.forget_keys()
    now_there = folders.current().keys
    after = now_there.read_bytes()
    now_there.write_bytes(before)
    try:
        now = timezone.now()
        assert proof.judged(now) == Failed(now)
    finally:
        now_there.write_bytes(after)


@pytest.mark.parametrize("which", ["near", "keys"])
def test_nothing_is_proven_while_a_place_cannot_be_reached(proof: Proof, which: str, tmp_path: Path) -> None:
    one = proof.erased(timezone.now())
    proof.keep_todays_keys_alone()
    (tmp_path / which).rename(tmp_path / "away")
    now = timezone.now()
    told = proof.judged(now)
    assert isinstance(told, Pending)
    assert told.waits_for == (which,)
    (tmp_path / "away").rename(tmp_path / which)
    one.refresh_from_db()
    assert (one.lost_at, proof.judged(now)) == (None, Proven(now, one.erased_at))  # type: ignore[arg-type]


def test_nothing_is_proven_where_no_copy_of_the_keys_is_left_to_be_asked(proof: Proof) -> None:
    one = proof.erased(timezone.now())
    proof.forget_keys()
    now = timezone.now()
    assert isinstance(proof.judged(now), Pending)
    Place.objects.filter(pk=proof.key_place.id).update(removed_at=now)
    assert isinstance(proof.judged(now), Pending)
    one.refresh_from_db()
    assert one.proven_at is None


def test_place_that_was_taken_away_while_out_of_reach_is_waited_for(proof: Proof, tmp_path: Path) -> None:
    one = proof.erased(timezone.now())
    assert one.run is not None
    (tmp_path / "keys").rename(tmp_path / "drawer")
    Copy.objects.create(
        run=one.run, place_id=proof.key_place.id, kind=Copy.Kind.KEYS, snapshot="a", at=timezone.now()
    )
    places_of.remove(place=proof.key_place.id, actor="system", at=timezone.now())
    told = proof.judged(timezone.now())
    assert isinstance(told, Pending)
    assert told.waits_for == ("keys",)


def test_a_copy_of_the_keys_that_cannot_be_read_may_have_the_key(proof: Proof) -> None:
    proof.erased(timezone.now())
    proof.forget_keys()
    proof.bring_keys(b"no key store", at=timezone.now())
    told = proof.judged(timezone.now())
    assert isinstance(told, Pending)
    assert told.waits_for == ("keys",)


def test_a_proof_whose_older_copy_was_let_go_of_is_lost_and_the_next_is_taken(proof: Proof) -> None:
    one = proof.erased(timezone.now())
    proof.data.forget([snapshot.id for snapshot in proof.data.snapshots()])
    now = timezone.now()
    assert proof.judged(now) == NotYet()
    assert (Shredding.objects.get(pk=one.pk).lost_at, logged()[-1]) == (now, "backups.shredding-lost")

    other = proof.erased(timezone.now())
    proof.keep_todays_keys_alone()
    assert proof.judged(now) == Proven(now, other.erased_at)  # type: ignore[arg-type]


def test_a_failure_whose_older_copy_is_gone_stands_until_another_is_proven(proof: Proof) -> None:
    one = proof.erased(timezone.now())
    now = timezone.now()
    Shredding.objects.filter(pk=one.pk).update(failed_at=now)
    proof.data.forget([snapshot.id for snapshot in proof.data.snapshots()])
    assert proof.judged(now + DAY) == Failed(now)
    other = proof.erased(timezone.now())
    proof.keep_todays_keys_alone()
    assert proof.judged(now + 2 * DAY) == Proven(now + 2 * DAY, other.erased_at)  # type: ignore[arg-type]


def test_the_older_copy_is_read_from_another_place_where_one_has_lost_it(
    proof: Proof, tmp_path: Path, transactional_db: None
) -> None:
    folder_place(tmp_path / "far", at=timezone.now(), holds_data=True)
    run = proof.backed_up()
    now = timezone.now()
    assert proof.read_back(run, now) is ReadBack.READ
    shredding.erase_read_back(now)
    proof.data.forget([one.id for one in proof.data.snapshots()])
    proof.keep_todays_keys_alone()
    assert isinstance(proof.judged(now), Proven)
