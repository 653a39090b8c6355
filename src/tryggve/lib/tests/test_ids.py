from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tryggve.lib.ids import earliest_id, new_id, new_ids, reserved

AT = datetime(2026, 3, 2, 8, 0, 0, 123_000, tzinfo=UTC)


def test_id_is_version_7_of_rfc_9562() -> None:
    made = [new_id() for _ in range(200)]
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert {(one.int >> 76 & 0xF, one.int >> 62 & 0b11) for one in made} == {(7, 0b10)}


def test_id_begins_with_the_milliseconds_since_1970() -> None:
    with time_machine.travel(AT, tick=False):
        made = new_id()
    assert made.int >> 80 == int(AT.timestamp() * 1000)


def test_ids_sort_by_the_time_they_were_made() -> None:
    made = []
    for milliseconds in range(50):
        with time_machine.travel(AT + timedelta(milliseconds=milliseconds), tick=False):
            made.append(new_id())
    assert made == sorted(made)
    assert [one.bytes for one in made] == sorted(one.bytes for one in made)


def test_ids_of_one_moment_differ_in_all_their_random_bits() -> None:
    with time_machine.travel(AT, tick=False):
        made = {new_id() for _ in range(500)}
    assert len(made) == 500
    fixed = 0xF << 76 | 0b11 << 62
    ones = zeros = 0
    for one in made:
        ones |= one.int
        zeros |= ~one.int
    changing = ones & zeros & (2**80 - 1)
    assert changing == (2**80 - 1) & ~fixed


def test_reserved_id_is_version_8_and_sorts_before_every_other() -> None:
    numbers = reserved("numbers")
    assert (numbers.version, numbers.variant) == (8, "specified in RFC 4122")
    assert (numbers == reserved("numbers"), numbers == reserved("number")) == (True, False)
    assert numbers < earliest_id(datetime(2000, 1, 1, tzinfo=UTC)) < new_id()


@pytest.mark.parametrize("name", ["", "eightlet", "nåt"])
def test_reserved_id_is_named_by_a_few_ascii_letters(name: str) -> None:
    with pytest.raises(ValueError, match=r"letters|ascii"):
        reserved(name)


def test_ids_made_together_are_as_random_as_those_made_apart() -> None:
    with time_machine.travel(AT, tick=False):
        made = new_ids(500)
    assert (len(set(made)), {(one.version, one.int >> 62 & 0b11) for one in made}) == (500, {(7, 0b10)})
    ones = zeros = 0
    for one in made:
        ones |= one.int
        zeros |= ~one.int
    assert ones & zeros & (2**80 - 1) == (2**80 - 1) & ~(0xF << 76 | 0b11 << 62)
