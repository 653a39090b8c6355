"""Two who share an address or a telephone: what is done about one of them is not done about the other."""

from uuid import UUID

import pytest

from tests.at_once import in_between
from tests.cast import NOW
from tests.erasure.erasing import AFTER, ANNA, ask, erase
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add, bring_in, in_force
from tryggve.domains.rights.models import Erasure, Suppression
from tryggve.domains.rights.papers import receipt
from tryggve.domains.rights.selectors.erasure import erasures as selectors
from tryggve.domains.rights.services import suppression
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import erasures

HOME = "familjen@example.se"
CILLA, DAN = Details(name="Cilla Ek", emails=(HOME,)), Details(name="Dan Ek", emails=(HOME,))
HEADINGS = "Name;E-mail;Phone;Company"


def _brought_in(*rows: str) -> list[str]:
    bring_in("\n".join([HEADINGS, *rows]).encode())
    return sorted(in_force())


def _call_off(erasure: UUID) -> None:
    erasures.call_off(erasure=erasure, actor=ANNA, at=NOW, reach=EVERYBODY)


@pytest.mark.django_db
def test_calling_one_erasure_off_lets_nobody_back_who_was_erased_with_the_same_address() -> None:
    cilla, dan = add(CILLA, DAN)
    hers, his = ask(cilla), ask(dan)
    Erasure.objects.filter(pk=his).update(destroys_at=NOW)
    assert destroying.destroy_due(at=NOW) == 1

    _call_off(hers)

    assert suppression.held_back([f"@{HOME}"]) == {f"@{HOME}"}


@pytest.mark.django_db
@pytest.mark.parametrize("first", [0, 1], ids=["the first is called off", "the second is called off"])
def test_calling_one_off_holds_back_who_waits_with_the_same_address(first: int) -> None:
    both = [ask(one) for one in add(CILLA, DAN)]
    _call_off(both[first])
    assert suppression.held_back([f"@{HOME}"]) == {f"@{HOME}"}
    _call_off(both[1 - first])
    assert Suppression.objects.count() == 0


@pytest.mark.django_db
def test_who_is_erased_again_from_an_older_copy_stays_away_when_another_is_called_off() -> None:
    cilla, dan = add(CILLA, DAN)
    hers, his = ask(cilla), ask(dan)
    copy, waited = Customer.objects.get(pk=dan), Erasure.objects.get(pk=his)
    Erasure.objects.filter(pk=his).update(destroys_at=NOW)
    assert destroying.destroy_due(at=NOW) == 1
    copy.save(force_insert=True)
    waited.save()
    Suppression.objects.update(is_for_good=False)

    assert destroying.replay_ledger(at=AFTER) == 1
    _call_off(hers)

    assert suppression.held_back([f"@{HOME}"]) == {f"@{HOME}"}


@pytest.mark.django_db
def test_colleague_who_answers_at_the_same_number_comes_in() -> None:
    [cilla] = add(Details(name="Cilla Ek", organisation="Berg AB", phones=("08-123 456 78",)))
    erase(cilla)
    assert _brought_in("Dan Ny;dan@berg.example;08-12345678;Berg AB") == ["Dan Ny"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Ek, Cilla", "C. Ek", "cilla EK", ""])
def test_who_was_erased_is_known_by_the_number_with_a_word_of_the_name_or_without_any(name: str) -> None:
    [cilla] = add(Details(name="Cilla Ek", organisation="Berg AB", phones=("08-123 456 78",)))
    erase(cilla)
    assert _brought_in(f"{name};new@example.se;08-12345678;", "Bo Ny;;070-174 06 05;") == ["Bo Ny"]


@pytest.mark.django_db
def test_receipt_tells_of_fingerprints_only_where_some_are_kept() -> None:
    [nobody] = add(Details(name="Cilla Ek"))
    assert not _tells_of_fingerprints(erase(nobody))


@pytest.mark.django_db
def test_receipt_tells_of_fingerprints_that_another_erasure_made_already() -> None:
    cilla, dan = add(CILLA, DAN)
    assert [_tells_of_fingerprints(erase(one)) for one in (cilla, dan)] == [True, True]


def _tells_of_fingerprints(erasure: UUID) -> bool:
    told = selectors.erasure(erasure=erasure, actor=ANNA, at=AFTER, reach=EVERYBODY)
    return "fingerprint" in str(receipt.receipt(told, at=AFTER))


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_who_share_an_address_are_put_aside_at_the_same_moment() -> None:
    cilla, dan = add(CILLA, DAN)
    assert in_between(lambda: ask(cilla), lambda: ask(dan)) is None
    assert (Erasure.objects.count(), Suppression.objects.count()) == (2, 1)


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_who_asks_while_another_is_called_off_is_held_back() -> None:
    cilla, dan = add(CILLA, DAN)
    hers = ask(cilla)
    assert in_between(lambda: _call_off(hers), lambda: ask(dan)) is None
    assert suppression.held_back([f"@{HOME}"]) == {f"@{HOME}"}
