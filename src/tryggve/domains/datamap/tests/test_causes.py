import pytest

from tryggve.domains.datamap import origins
from tryggve.domains.datamap.words import causes

UNREACHABLE = [
    one for one in vars(origins).values() if isinstance(one, type) and issubclass(one, origins.Unreachable)
]


@pytest.mark.parametrize("code", sorted({one.code for one in UNREACHABLE} | {"broke", "cannot-open"}))
def test_every_way_in_which_a_place_cannot_be_looked_through_has_words(code: str) -> None:
    assert causes.told(code) == str(causes.CAUSES[code])
