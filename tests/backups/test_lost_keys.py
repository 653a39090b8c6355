"""Keys that this computer has lost: copies that still hold them stay, and somebody is told at once."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from tests.cast import CILLA
from tests.evidence import measured
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.backups.models import Alarm, Place, Run
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import pairs
from tryggve.domains.backups.services.pairs import keys
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.here import near, safe, tidy
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.setup.models import Firm
from tryggve.lib import folders
from tryggve.notices.models import OutboxMessage
from tryggve.vault.key_copies import KeyCopy
from tryggve.vault.keystore import Keystore

__all__ = ["near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def key(firm: Firm, near: PlaceInUse, safe: PlaceInUse, karin: User) -> UUID:
    """Of a customer, in a copy of the keys, and then gone from this computer."""
    Place.objects.update(added_at=here.now() - timedelta(days=60))
    [cilla] = add(CILLA)
    assert here.taken().state == Run.State.DONE
    key = vault.key_id_of(bytes(Customer.objects.get(pk=cilla).details_sealed))
    Keystore(folders.current().keys).destroy([key])
    return key


def _holding(place: PlaceInUse, key: UUID) -> list[bool]:
    """Whether it is in each copy that lies there, the oldest first."""
    repository, found = here.keys_of(place), list[bool]()
    for one in repository.snapshots():
        with KeyCopy(keys.parts(repository.dump(one.id, f"/{keys.NAME}"))[keys.STORE]) as copy:
            found.append(bool(copy.present([key])))
    return found


def _mails() -> list[str]:
    return [one.kind for one in OutboxMessage.objects.order_by("made_at")]


def test_copy_that_still_holds_a_lost_key_is_let_go_of_by_no_newer_ones(key: UUID, safe: PlaceInUse) -> None:
    for _number in range(3):
        assert here.taken().cause == "keys-missing"
    pairs.take_keys_alone(now=here.now)
    assert _holding(safe, key) == [True, False, False, False]


def test_it_goes_when_it_is_older_than_any_copy_of_the_keys_may_be(key: UUID, safe: PlaceInUse) -> None:
    later = timedelta(days=15)
    pairs.take(why=Run.Why.DUE, now=lambda: timezone.now() + later)
    assert _holding(safe, key) == [False]


def test_captain_is_mailed_at_once_and_once_a_day(key: UUID) -> None:
    here.taken()
    here.taken()
    assert _mails() == ["backups.lost-keys"]
    assert Entry.objects.get(action="backups.lost-keys-told").facts == {"count": 1}
    pairs.take(why=Run.Why.DUE, now=lambda: timezone.now() + timedelta(days=1, minutes=1))
    assert _mails() == ["backups.lost-keys"] * 2


def test_it_is_over_when_no_key_is_missing_any_more(key: UUID) -> None:
    here.taken()
    assert Alarm.objects.exists()
    Customer.objects.all().delete()
    assert here.taken().state == Run.State.DONE
    assert not Alarm.objects.exists()


def test_bak_01_fails_at_once_and_a_copy_of_the_keys_alone_makes_it_no_better(key: UUID) -> None:
    assert measured.found("BAK-01", timezone.now()) == ("FAILING", "keys-missing")
    here.taken()
    assert measured.found("BAK-01", timezone.now()) == ("FAILING", "keys-missing")
    run = pairs.take_keys_alone(now=here.now)
    assert (run.state, run.cause) == (Run.State.FAILED, "keys-missing")
    assert measured.found("BAK-01", timezone.now()) == ("FAILING", "keys-missing")
