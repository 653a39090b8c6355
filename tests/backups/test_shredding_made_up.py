"""Whoever is made up to be erased: read back from a copy, standing until then, and erased once."""

import pytest
from django.utils import timezone

from tests.backups.shredded import Proof, key_place, key_store, made_up, near, proof
from tryggve.domains.backups.models import Shredding
from tryggve.domains.backups.services import shredding
from tryggve.domains.backups.services.shredding import ReadBack
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import import_turn

__all__ = ["key_place", "near", "proof"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


def test_a_copy_from_before_anybody_was_made_up_has_nobody_to_read(proof: Proof) -> None:
    run = proof.backed_up()
    Shredding.objects.all().delete()
    shredding.ensure_standing(timezone.now())
    assert proof.read_back(run, timezone.now()) is ReadBack.NOT_IN_IT


def test_a_copy_that_should_have_somebody_and_has_not_is_no_good(proof: Proof) -> None:
    run = proof.backed_up()
    Shredding.objects.all().delete()
    shredding.ensure_standing(timezone.now())
    shredding.note_backed_up(run)
    assert proof.read_back(run, timezone.now()) is ReadBack.UNREADABLE


def test_a_copy_of_the_keys_without_the_key_reads_nobody(proof: Proof) -> None:
    before = key_store()
    run = proof.backed_up()
    assert proof.read_back(run, timezone.now(), store=before) is ReadBack.UNREADABLE


def test_somebody_stands_until_they_were_read_back(proof: Proof) -> None:
    first = proof.backed_up()
    [one] = made_up()
    second = proof.backed_up()
    assert (made_up(), Shredding.objects.get().run) == ([one], second)
    assert proof.read_back(first, timezone.now()) is ReadBack.READ
    proof.backed_up()  # cut before the erasure, which comes first now
    [other] = made_up()
    assert (other != one, Shredding.objects.get(pk=one).run) == (True, first)


def test_who_cannot_be_erased_while_a_list_is_brought_in_is_erased_later(proof: Proof) -> None:
    run = proof.backed_up()
    [one] = made_up()
    assert proof.read_back(run, timezone.now()) is ReadBack.READ
    with import_turn.turn():
        shredding.erase_read_back(timezone.now())
    assert made_up() == [one]
    shredding.erase_read_back(timezone.now())
    assert made_up() == []


def test_who_came_back_with_an_older_copy_is_erased_again(proof: Proof) -> None:
    run = proof.backed_up()
    [row] = Customer.objects.filter(state=Customer.State.STAND_IN)
    [one] = Shredding.objects.all()
    assert proof.read_back(run, timezone.now()) is ReadBack.READ
    shredding.erase_read_back(timezone.now())
    row.save(force_insert=True)
    one.save()
    shredding.ensure_standing(timezone.now())
    [other] = made_up()
    assert other != row.pk
    assert Shredding.objects.get(pk=row.pk).erased_at is not None
