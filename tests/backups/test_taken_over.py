"""A register that another computer took over goes on beside it: what the other one brought is left alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tryggve import vault
from tryggve.accounts.models import User
from tryggve.domains.backups.engine import lineage
from tryggve.domains.backups.models import Alarm, Run
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import pairs, watching
from tryggve.domains.backups.services.pairs import carrying
from tryggve.domains.backups.services.restore_tests import choosing
from tryggve.domains.backups.services.restore_tests.outcomes import TestFailed
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.here import near, safe, tidy
from tryggve.domains.setup import api as setup
from tryggve.domains.setup import home
from tryggve.domains.setup.models import Home
from tryggve.lib import folders
from tryggve.lib.ids import new_id
from tryggve.notices.models import OutboxMessage

__all__ = ["near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]
LOST_ON = timezone.now() - timedelta(days=9)


@pytest.fixture(autouse=True)
def _at_home(transactional_db: None) -> Iterator[None]:
    Home.objects.create(pk=1, machine=new_id(), key_store=new_id(), settled_at=LOST_ON)
    yield
    folders.current().taken_over_mark.unlink(missing_ok=True)


def _lying(place: PlaceInUse) -> list[str]:
    repositories = [one for one in (place.data, place.keys) if one is not None]
    return [snapshot.id for one in repositories for snapshot in one.snapshots()]


def test_old_computer_pushes_nothing_out_and_says_so(near: PlaceInUse, safe: PlaceInUse, karin: User) -> None:
    assert here.taken().state == Run.State.DONE
    home.move_here(folders.current(), actor="system", at=timezone.now())
    assert here.taken().state == Run.State.DONE
    lies = [_lying(near), _lying(safe)]

    Home.objects.update(settled_at=LOST_ON)  # the old one's own database
    run = here.taken()
    assert (run.state, run.cause) == (Run.State.FAILED, "taken-over")
    assert here.copies(run) == {"near DATA": "taken-over", "safe KEYS": "taken-over"}
    assert pairs.take_keys_alone(now=here.now).cause == "taken-over"
    assert [_lying(near), _lying(safe)] == lies
    assert list(OutboxMessage.objects.values_list("kind", flat=True)) == ["backups.taken-over"]

    home.move_here(folders.current(), actor="system", at=timezone.now())  # keys take-over
    assert here.taken().state == Run.State.DONE
    assert not Alarm.objects.exists()


def test_found_once_it_stays_so_where_the_next_run_meets_nobody_that_tells(
    near: PlaceInUse, safe: PlaceInUse, karin: User
) -> None:
    now = timezone.now()
    assert not setup.is_taken_over()
    watching.tell_taken_over(is_so=True, at=now)
    assert here.taken().state == Run.State.DONE  # as where the other computer's places can't be reached
    assert setup.is_taken_over()
    watching.tell_taken_over(is_so=False, at=now + timedelta(days=1, minutes=1))
    assert list(OutboxMessage.objects.values_list("kind", flat=True)) == ["backups.taken-over"] * 2


def test_everybody_reads_it_on_every_page(as_bo: Client, as_karin: Client) -> None:
    for client, may_look in ((as_bo, False), (as_karin, True)):
        page = reverse("protection:today")
        assert "another computer has taken" not in client.get(page).content.decode()
        setup.note_taken_over()
        told = client.get(page).content.decode()
        assert ("another computer has taken" in told, "To the backups</a>" in told) == (True, may_look)
        folders.current().taken_over_mark.unlink()


def test_whoever_takes_over_with_a_slow_clock_has_it_all_the_same(transactional_db: None) -> None:
    ahead = timezone.now() + timedelta(days=30)
    Home.objects.update(settled_at=ahead)
    home.move_here(folders.current(), actor="system", at=timezone.now())
    assert Home.objects.get().settled_at > ahead


def _brought(place: PlaceInUse, home: datetime) -> str:
    """Keys, by the computer that the register belongs to since then."""
    with carrying.stream_of(b"keys") as stream:
        tags = ["keys", *lineage.tags(home=home)]
        return here.keys_of(place).backup_stream(stream, name="keys.tar", tags=tags).snapshot


def test_restore_test_reads_the_keys_of_this_register_alone(safe: PlaceInUse) -> None:
    before, since = LOST_ON - timedelta(days=90), LOST_ON + timedelta(days=2)
    ours = _brought(safe, LOST_ON)
    _brought(safe, since)  # of who took it over
    assert choosing.newest_keys()[0].snapshot.id.startswith(ours)
    _brought(safe, before)  # of a lost computer that came back
    assert choosing.newest_keys()[0].snapshot.id.startswith(ours)
    Home.objects.update(settled_at=before - timedelta(days=1))
    with pytest.raises(TestFailed):
        choosing.newest_keys()


def test_keys_that_know_of_more_erasures_are_not_let_go_of(near: PlaceInUse, safe: PlaceInUse) -> None:
    """As after a restore from a place whose keys were older."""
    here.taken()
    store = folders.current().keys
    before = store.read_bytes()
    try:
        vault.keyring().erase_keys({new_id(): [new_id()]}, at=timezone.now())
        assert pairs.take_keys_alone(now=here.now).state == Run.State.DONE
    finally:
        store.write_bytes(before)
    kept = _lying(safe)
    for _number in range(4):
        run = here.taken()
        assert (run.cause, here.copies(run)["safe KEYS"]) == ("keys-know-more", "keys-know-more")
    assert set(kept) < set(_lying(safe))
