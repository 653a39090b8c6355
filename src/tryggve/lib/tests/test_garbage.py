import gc
from collections.abc import Iterator

import pytest

from tryggve.lib.garbage import not_collected


@pytest.fixture(autouse=True)
def collector_as_before() -> Iterator[None]:
    was = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was else gc.disable)()


def test_nothing_is_collected_within_and_again_afterwards() -> None:
    with not_collected():
        within = gc.isenabled()
    assert (within, gc.isenabled()) == (False, True)


def test_collector_is_on_again_when_the_block_fails() -> None:
    with pytest.raises(ZeroDivisionError), not_collected():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_block_within_a_block_leaves_the_collector_off_until_the_outer_one_ends() -> None:
    with not_collected():
        with not_collected():
            pass
        between = gc.isenabled()
    assert (between, gc.isenabled()) == (False, True)
