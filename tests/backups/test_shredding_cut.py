"""The power is cut while somebody is made up, erased or proven to be gone: it is made up for."""

from uuid import UUID

import pytest
from django.utils import timezone

from tests.backups.shredded import Proof, key_place, logged, made_up, near, proof
from tryggve import vault
from tryggve.domains.backups.models import Shredding
from tryggve.domains.backups.selectors.shredding import Pending, Proven, state_of_proof
from tryggve.domains.backups.services import shredding
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests import power

__all__ = ["key_place", "near", "proof"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


def test_cut_while_somebody_is_made_up_there_is_one_at_the_next_time(db: None) -> None:
    now = timezone.now()

    def begin() -> None:
        Shredding.objects.all().delete()
        Customer.objects.all().delete()

    begin()
    points = power.points_of(lambda: shredding.ensure_standing(now))
    assert points == ["customer: key made", "shredding: added, not committed"]
    for place in range(1, len(points) + 1):
        begin()
        with power.cut_at(place):
            shredding.ensure_standing(now)
        shredding.ensure_standing(now)
        assert made_up() == [Shredding.objects.get().customer]


def test_cut_anywhere_in_the_erasure_it_is_carried_on_at_the_next_backup(db: None) -> None:
    now = timezone.now()

    def begin() -> UUID:
        shredding.ensure_standing(now)
        one = Shredding.objects.get(erased_at=None)
        Shredding.objects.filter(pk=one.pk).update(read_back_at=now)
        return one.pk

    begin()
    points = power.points_of(lambda: shredding.erase_read_back(now))
    assert points[-2:] == ["shredding: erased, not committed", "shredding: erased"]
    for place in range(1, len(points) + 1):
        one = begin()
        with power.cut_at(place):
            shredding.erase_read_back(now)
        shredding.ensure_standing(now)
        told = Shredding.objects.get(pk=one)
        assert (told.erased_at is not None, vault.destroyed_keys_of(one)) == (True, [told.key])
        assert one not in made_up()
        assert len(made_up()) == 1


def test_cut_anywhere_in_a_trial_it_is_made_again(proof: Proof) -> None:
    one = proof.erased(timezone.now())
    proof.keep_todays_keys_alone()
    now = timezone.now()
    with power.cut_at(1):
        proof.judged(now)
    assert isinstance(state_of_proof(now), Pending)
    assert proof.judged(now) == Proven(now, one.erased_at)  # type: ignore[arg-type]
    assert logged().count("backups.shredding-proven") == 1
