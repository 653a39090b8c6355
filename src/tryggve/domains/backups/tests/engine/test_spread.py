"""3-2-1: what counts, and what is asked for next."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.backups.engine import spread
from tryggve.domains.backups.engine.spread import Spread, Stands, Step

KEYS_BESIDE = Stands(holds_data=False, holds_keys=True, is_there=True, is_elsewhere=False, is_apart=False)
DISK = replace(KEYS_BESIDE, holds_data=True, holds_keys=False)
CARRIED = replace(DISK, is_elsewhere=True, is_apart=True)
BUCKET = replace(DISK, holds_keys=True, is_elsewhere=True, is_apart=True)


def _away(place: Stands) -> Stands:
    return replace(place, is_there=False)


def _counted(*places: Stands) -> tuple[int, bool, bool, Step | None]:
    told = spread.spread(places)
    return told.copies, told.is_apart, told.is_elsewhere, told.next_step


def test_without_a_place_there_is_the_one_on_the_computer_itself() -> None:
    assert spread.spread([]) == Spread(1, is_apart=False, is_elsewhere=False, next_step=Step.FIRST_PLACE)


def test_each_step_leads_to_the_next_until_all_is_done() -> None:
    assert _counted(KEYS_BESIDE)[-1] == Step.FIRST_PLACE
    assert _counted(DISK)[-1] == Step.KEYS_PLACE
    assert _counted(_away(DISK), KEYS_BESIDE)[-1] == Step.REACH
    assert _counted(DISK, KEYS_BESIDE) == (2, False, False, Step.ELSEWHERE)
    assert _counted(BUCKET) == (2, True, True, Step.SECOND_PLACE)
    assert _counted(DISK, KEYS_BESIDE, replace(CARRIED, is_apart=False))[-1] == Step.OTHER_KIND
    assert _counted(DISK, KEYS_BESIDE, CARRIED) == (3, True, True, None)
    assert _counted(DISK, BUCKET) == (3, True, True, None)


def test_what_cannot_be_reached_now_counts_for_nothing() -> None:
    assert _counted(DISK, _away(BUCKET)) == (2, False, False, Step.ELSEWHERE)
    assert _counted(_away(DISK), BUCKET) == (2, True, True, Step.SECOND_PLACE)


def test_keys_elsewhere_are_no_copy_of_the_data() -> None:
    assert _counted(DISK, replace(BUCKET, holds_data=False)) == (2, False, False, Step.ELSEWHERE)


_ANY = st.lists(st.builds(Stands, *(st.booleans() for _field in range(5))), max_size=6)


@given(_ANY)
def test_nothing_is_left_to_do_only_where_three_two_one_is_true(places: list[Stands]) -> None:
    told = spread.spread(places)
    there = [one for one in places if one.holds_data and one.is_there]
    is_true = (
        len(there) >= 2
        and any(one.is_apart for one in there)
        and any(one.is_elsewhere for one in there)
        and any(one.holds_keys for one in places)
    )
    assert (told.next_step is None, told.copies) == (is_true, 1 + len(there))
