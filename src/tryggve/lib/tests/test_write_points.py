from collections.abc import Iterator

import pytest

from tryggve.lib import write_points


@pytest.fixture(autouse=True)
def no_cut() -> Iterator[None]:
    yield
    write_points.cut_with(None)


def test_points_do_nothing_in_the_product() -> None:
    write_points.reached("vault: key written")


def test_test_is_asked_at_each_point_by_name() -> None:
    asked: list[str] = []
    write_points.cut_with(asked.append)
    write_points.reached("one")
    write_points.reached("two")
    assert asked == ["one", "two"]


def test_what_the_test_raises_cuts_the_write() -> None:
    def cut(name: str) -> None:
        raise InterruptedError(name)

    write_points.cut_with(cut)
    with pytest.raises(InterruptedError, match="one"):
        write_points.reached("one")


def test_points_do_nothing_again_after_the_test() -> None:
    asked: list[str] = []
    write_points.cut_with(asked.append)
    write_points.cut_with(None)
    write_points.reached("one")
    assert asked == []
