"""What raises a sign, and what doesn't: a usual week, a big import, an emptied folder, an encrypted one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.backups.engine import changes
from tryggve.domains.backups.engine.changes import Numbers, Sampled, Sign

MB = 1000 * 1000
NOTHING = Sampled()
# A small company: the newest first, Sunday to Monday.
WEEK = (
    Numbers(files=12_400, changed_files=3, bytes_added=2 * MB, rows=48_000),
    Numbers(files=12_397, changed_files=5, bytes_added=1 * MB, rows=47_990),
    Numbers(files=12_392, changed_files=160, bytes_added=90 * MB, rows=47_985),
    Numbers(files=12_230, changed_files=41, bytes_added=35 * MB, rows=47_600),
    Numbers(files=12_190, changed_files=28, bytes_added=18 * MB, rows=47_420),
    Numbers(files=12_170, changed_files=55, bytes_added=60 * MB, rows=47_300),
    Numbers(files=12_120, changed_files=33, bytes_added=22 * MB, rows=47_100),
)
NUMBERS = st.builds(
    Numbers,
    files=st.integers(0, 10**7),
    changed_files=st.integers(0, 10**7),
    bytes_added=st.integers(0, 10**13),
    rows=st.integers(0, 10**8),
)


def signs(now: Numbers, *before: Numbers, sampled: Sampled = NOTHING) -> list[Sign]:
    return changes.signs(now, before=before, sampled=sampled)


def test_no_night_of_a_usual_week_raises_anything() -> None:
    for night in range(len(WEEK)):
        assert signs(WEEK[night], *WEEK[night + 1 :], sampled=Sampled(60, 1)) == []


@given(now=NUMBERS)
def test_first_backup_has_nothing_to_be_held_against(now: Numbers) -> None:
    assert signs(now) == []


@given(now=NUMBERS, times=st.integers(1, 10))
def test_what_is_as_before_raises_nothing(now: Numbers, times: int) -> None:
    still = replace(now, changed_files=0)
    assert signs(still, *[still] * times) == []


@given(
    now=NUMBERS,
    before=st.lists(NUMBERS, max_size=12),
    judged=st.integers(0, 200),
    strange=st.integers(0, 200),
)
def test_each_sign_is_told_once_and_stands_in_the_same_order(
    now: Numbers, before: list[Numbers], judged: int, strange: int
) -> None:
    told = changes.signs(now, before=before, sampled=Sampled(judged, min(judged, strange)))
    assert told == [sign for sign in Sign if sign in told]


def test_jump_is_more_than_three_times_what_is_usual_and_more_than_a_hundred_megabytes() -> None:
    usual = [replace(WEEK[0], bytes_added=size * MB) for size in (40, 40, 900)]
    assert signs(replace(WEEK[0], bytes_added=120 * MB), *usual) == []
    assert signs(replace(WEEK[0], bytes_added=120 * MB + 1), *usual) == [Sign.JUMP]
    little = [replace(one, bytes_added=1) for one in usual]
    assert signs(replace(WEEK[0], bytes_added=100 * MB), *little) == []
    assert signs(replace(WEEK[0], bytes_added=100 * MB + 1), *little) == [Sign.JUMP]


def test_two_backups_say_nothing_of_what_is_usual() -> None:
    big = replace(WEEK[0], bytes_added=10**12)
    assert (signs(big, *WEEK[:2]), signs(big, *WEEK[:3])) == ([], [Sign.JUMP])


@pytest.mark.parametrize(
    ("files", "rows", "told"),
    [
        (6_200, 24_000, []),
        (6_199, 24_000, [Sign.FEWER_FILES]),
        (6_200, 23_999, [Sign.FEWER_ROWS]),
        (0, 0, [Sign.FEWER_FILES, Sign.FEWER_ROWS]),
    ],
)
def test_fewer_than_half_of_the_time_before_is_told(files: int, rows: int, told: list[Sign]) -> None:
    assert signs(replace(WEEK[0], files=files, rows=rows), *WEEK) == told


def test_small_heap_may_shrink() -> None:
    small = Numbers(files=99, changed_files=0, bytes_added=0, rows=99)
    gone = replace(small, files=0, rows=0)
    assert signs(gone, small) == []
    assert signs(gone, replace(small, files=100, rows=100)) == [Sign.FEWER_FILES, Sign.FEWER_ROWS]


@pytest.mark.parametrize(
    ("changed", "files", "told"),
    [(101, 201, [Sign.MOST_CHANGED]), (101, 202, []), (100, 100, []), (12_000, 12_400, [Sign.MOST_CHANGED])],
)
def test_most_changed_is_more_than_half_and_more_than_a_hundred(
    changed: int, files: int, told: list[Sign]
) -> None:
    now = replace(WEEK[0], files=files, changed_files=changed)
    assert signs(now, replace(WEEK[0], files=files)) == told


def test_what_came_beside_the_others_didnt_change() -> None:
    """A young register that much is brought into; and one whose files are changed while much is brought in."""
    young = Numbers(files=3, changed_files=3, bytes_added=0, rows=10)
    assert signs(replace(young, files=133, changed_files=130), young) == []
    grown = Numbers(files=200, changed_files=0, bytes_added=0, rows=10)
    assert signs(replace(grown, files=1200, changed_files=1000), grown) == []
    assert signs(replace(grown, files=1200, changed_files=1200), grown) == [Sign.MOST_CHANGED]


@pytest.mark.parametrize(
    ("judged", "strange", "is_told"),
    [(3, 3, True), (2, 2, False), (200, 19, False), (200, 20, True), (0, 0, False), (29, 3, True)],
)
def test_strange_content_is_some_files_and_a_part_of_all(judged: int, strange: int, is_told: bool) -> None:
    assert (signs(WEEK[0], sampled=Sampled(judged, strange)) == [Sign.STRANGE_CONTENT]) is is_told
