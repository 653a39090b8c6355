"""Of each place that holds keys the receipt says since when the erased one's is gone from there, or not yet."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import CILLA, DAN
from tests.erasure.erasing import AFTER, ANNA, erase
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights import routines
from tryggve.domains.rights.models import Erasure
from tryggve.domains.rights.papers.receipt import receipt
from tryggve.domains.rights.selectors.erasure import erasures
from tryggve.domains.rights.services.destruction import gone_keys
from tryggve.domains.setup.models import Firm
from tryggve.vault import key_places

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]
LATER = AFTER + timedelta(days=14)
THERE, HERE = "The safe at the bank", "The key store on this computer"
NOT_YET = "not yet confirmed that the key is gone from there"


class Safe:
    """A place with a copy of the keys as they were, until it is emptied."""

    def __init__(self) -> None:
        self.keys: set[UUID] = set()
        self.is_shut = False

    def holds_any(self, keys: Collection[UUID]) -> bool:
        if self.is_shut:
            raise OSError
        return not self.keys.isdisjoint(keys)


@pytest.fixture
def cilla(firm: Firm) -> UUID:
    [cilla] = add(CILLA)
    return cilla


@pytest.fixture
def safe(cilla: UUID) -> Iterator[Safe]:
    made = Safe()
    made.keys.add(vault.key_id_of(bytes(Customer.objects.get(pk=cilla).details_sealed)))
    place = key_places.declare(key_places.KeyPlace("bank", THERE, made.holds_any))
    yield made
    key_places.withdraw(place)


def _told(erasure: UUID) -> dict[str, str]:
    told = erasures.erasure(erasure=erasure, actor=ANNA, at=LATER, reach=EVERYBODY)
    [section] = [one for one in receipt(told, at=LATER).sections if one.heading == "Where the key lay"]
    return {fact.term: fact.lines[0].text for fact in section.facts}


def test_place_with_an_older_copy_is_told_as_not_yet_until_that_is_gone(cilla: UUID, safe: Safe) -> None:
    erasure = erase(cilla)
    assert _told(erasure) == {HERE: "confirmed gone: March 16, 2026, 9 a.m.", THERE: NOT_YET}
    assert gone_keys.confirm_later(at=LATER) == 0

    safe.keys.clear()
    routines.confirm_gone_keys(LATER)

    assert _told(erasure) == {
        HERE: "confirmed gone: March 16, 2026, 9 a.m.",
        THERE: "confirmed gone: March 30, 2026, 10 a.m.",
    }
    assert gone_keys.confirm_later(at=LATER + timedelta(days=1)) == 0


def test_place_that_cannot_be_asked_is_not_confirmed(cilla: UUID, safe: Safe) -> None:
    safe.keys.clear()
    safe.is_shut = True
    erasure = erase(cilla)
    assert _told(erasure)[THERE] == NOT_YET
    safe.is_shut = False
    assert gone_keys.confirm_later(at=LATER) == 1


def test_key_store_of_this_computer_is_asked_for_each_key(cilla: UUID) -> None:
    [dan] = add(DAN)
    erase(cilla)
    [gone] = vault.destroyed_keys_of(cilla)
    kept = vault.key_id_of(bytes(Customer.objects.get(pk=dan).details_sealed))
    assert [key_places.HERE.holds_any(keys) for keys in ([gone], [gone, kept], [])] == [False, True, False]


def test_who_was_damaged_so_that_no_key_is_known_is_not_confirmed(cilla: UUID) -> None:
    Customer.objects.filter(pk=cilla).update(details_sealed=b"?")
    assert _told(erase(cilla)) == {HERE: NOT_YET}


def test_page_of_the_erasure_tells_it_too(cilla: UUID, safe: Safe, as_anna: Client) -> None:
    page = as_anna.get(f"/customers/erasures/{erase(cilla)}/").content.decode()
    assert f"{HERE}: confirmed gone: March 16, 2026, 9 a.m." in page
    assert f"{THERE}: {NOT_YET}" in page


def test_moment_is_kept_with_its_zone(cilla: UUID) -> None:
    erase(cilla)
    assert datetime.fromisoformat(Erasure.objects.get().outcome["gone_here"]).tzinfo is not None
