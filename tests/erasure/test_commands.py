"""``customers erase|restrict``, which the room that keeps the law gives to another room's command."""

import json
from io import StringIO
from typing import Any
from uuid import UUID

import pytest

from tests import commands
from tests.cast import CILLA
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.management.verbs.erase import NotConfirmed
from tryggve.domains.rights.management.verbs.ids import NotAnId
from tryggve.domains.rights.management.verbs.restrict import NotTold
from tryggve.domains.rights.models import Erasure, Suppression
from tryggve.domains.rights.services.restrictions import NotRestricted
from tryggve.lib import verbs
from tryggve.lib.errors import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_in_its_place")]


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


def _run(*words: str) -> tuple[int, str]:
    return commands.run("customers", "customers", *words)


def _json(*words: str) -> Any:
    return json.loads(_run(*words, "--json")[1])


def test_erase_puts_aside_and_tells_until_when(cilla: UUID) -> None:
    told = _json("erase", "--yes", str(cilla))
    row = Erasure.objects.get(pk=told["erasure"])
    assert (row.customer_ref, row.ground, told["destroys_at"]) == (
        cilla,
        "REQUEST",
        row.destroys_at.isoformat(),
    )
    assert Customer.objects.get(pk=cilla).state == Customer.State.PUT_ASIDE


def test_erase_for_another_reason_holds_nobody_back(cilla: UUID) -> None:
    status, text = _run("erase", "--yes", "--ground", "mistake", str(cilla))
    assert (status, text.startswith("The customer is put aside")) == (0, True)
    assert Suppression.objects.count() == 0


@pytest.mark.parametrize(("typed", "is_done"), [("yes\n", True), ("no\n", False), ("", False)])
def test_erase_asks_first(cilla: UUID, monkeypatch: pytest.MonkeyPatch, typed: str, is_done: bool) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(typed))
    if is_done:
        assert _run("erase", str(cilla))[0] == 0
    else:
        with pytest.raises(NotConfirmed):
            _run("erase", str(cilla))
    assert Erasure.objects.count() == is_done


def test_restrict_begins_and_ends(cilla: UUID) -> None:
    assert _json("restrict", str(cilla)) == {"restricted": True}
    with pytest.raises(customers.Restricted):
        _run("erase", "--yes", "--ground", "due", str(cilla))
    lift = ("restrict", "--lift", str(cilla))
    for told in ((), ("--told", " ")):
        with pytest.raises(NotTold, match="--told"):
            _run(*lift, *told)
    assert _run(*lift, "--told", "by letter") == (0, "The customer's data may be used again.\n")
    with pytest.raises(NotRestricted):
        _run(*lift, "--told", "by letter")


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("erase", "--yes", "nobody"), NotAnId),
        (("restrict", "01a2020c-5d3e-7b52-9c56-1f0b9e6c1d11"), customers.AlreadyGone),
    ],
)
def test_customer_who_is_not_there_is_told(words: tuple[str, ...], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        _run(*words)


def test_verb_that_two_rooms_give_is_a_fault() -> None:
    [verb] = [one for one in verbs.given("customers") if one.name == "erase"]
    with pytest.raises(verbs.VerbGivenTwice):
        verbs.give("customers", verb)
