from datetime import UTC, datetime, timedelta

import time_machine

from tryggve.lib.ids import new_id

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
