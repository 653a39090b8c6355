"""Two people write on one card at once."""

from dataclasses import replace

from hypothesis import given

from tryggve.domains.customers.engine.comparison.comparing import (
    changed_since,
    different_parts,
    kept_of_both,
    seal_of_parts,
)
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.tests.engine.strategies import details as customer_details

BEFORE = Details(name="Cilla", phones=("1",), note="old", custom=(("f", "7"), ("g", "8")))


def test_nothing_changed_since_it_was_seen() -> None:
    assert changed_since(seal_of_parts(BEFORE), BEFORE) == set()


def test_seal_holds_nothing_that_was_written() -> None:
    sealed = seal_of_parts(Details(name="Cilla Åkerström", note="secretsecret"))
    assert ("Cilla" in sealed, "secret" in sealed) == (False, False)


def test_parts_that_i_had_not_touched_are_the_other_ones() -> None:
    mine = replace(BEFORE, note="mine")
    theirs = replace(BEFORE, phones=("1", "2"), addresses=(Address("Storgatan 1"),), custom=(("f", "9"),))
    kept, taken = kept_of_both(mine, theirs, seen=seal_of_parts(BEFORE))
    assert kept == replace(theirs, note="mine")
    assert taken == {"phones", "addresses", "f", "g"}


def test_part_that_both_changed_stays_mine() -> None:
    mine, theirs = replace(BEFORE, note="mine"), replace(BEFORE, note="theirs")
    assert kept_of_both(mine, theirs, seen=seal_of_parts(BEFORE)) == (mine, set())
    assert different_parts(mine, theirs) == {"note"}


def test_without_a_seal_everything_written_stays_mine() -> None:
    mine, theirs = replace(BEFORE, note="mine"), replace(BEFORE, note="theirs", phones=("2",))
    kept, taken = kept_of_both(mine, theirs, seen="nonsense =x")
    assert (kept, taken) == (mine, set())


@given(customer_details(), customer_details(), customer_details())
def test_what_i_changed_is_never_lost(before: Details, mine: Details, theirs: Details) -> None:
    seen = seal_of_parts(before)
    kept, _taken = kept_of_both(mine, theirs, seen=seen)
    assert not changed_since(seen, mine) & different_parts(mine, kept)


@given(customer_details(), customer_details())
def test_who_changed_nothing_gets_all_of_the_other(before: Details, theirs: Details) -> None:
    kept, _taken = kept_of_both(before, theirs, seen=seal_of_parts(before))
    assert different_parts(kept, theirs) == set()
