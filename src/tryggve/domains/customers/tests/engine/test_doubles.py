from collections.abc import Sequence
from uuid import UUID

from tests.cast import CILLA, DAN
from tryggve.domains.customers.engine.comparison import doubles
from tryggve.domains.customers.engine.details import Address, Details


def _pairs(*customers: Details, apart: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int, str]]:
    known = [(UUID(int=number), one) for number, one in enumerate(customers)]
    told = {(UUID(int=one), UUID(int=other)) for one, other in apart}
    return [(pair.first.int, pair.second.int, pair.why) for pair in doubles.pairs(known, "SE", apart=told)]


def test_who_shares_nothing_is_no_double() -> None:
    assert _pairs(CILLA, DAN, Details(name=CILLA.name)) == []


def test_the_strongest_of_what_two_share_is_told_and_stands_first() -> None:
    by_phone = Details(name="Eva", phones=("+46701740605",))
    by_email = Details(name="Eva", emails=("CILLA@example.se",), phones=("0701740605",))
    by_place = Details(name="Åkerström, Cilla", addresses=(Address("Storgatan 1", "11122", "STOCKHOLM"),))
    by_number = Details(name="X", number_tags=("n",))
    assert _pairs(CILLA, by_phone, by_email, by_place, by_number, Details(name="Y", number_tags=("n",))) == [
        (4, 5, "same_number"),
        (0, 3, "same_name_and_address"),
        (0, 2, "same_email"),
        (0, 1, "same_phone"),
    ]


def test_many_who_share_one_number_are_no_square_of_pairs() -> None:
    office = [Details(name=f"Kund {number}", phones=("08-465 004 00",)) for number in range(50)]
    assert len(_pairs(*office)) == 49


def test_no_more_pairs_are_told_than_somebody_could_look_at() -> None:
    office = [
        Details(name=f"Kund {number}", emails=("info@x.se",)) for number in range(doubles.MOST_PAIRS + 5)
    ]
    assert len(_pairs(*office)) == doubles.MOST_PAIRS


def test_who_was_told_apart_is_offered_no_more_and_is_compared_with_those_who_follow() -> None:
    office = [Details(name=f"Kund {number}", phones=("08-465 004 00",)) for number in range(4)]
    assert _pairs(*office, apart=[(0, 1)]) == [(0, 2, "same_phone"), (0, 3, "same_phone")]
    assert _pairs(*office, apart=[(0, 1), (0, 2)]) == [(1, 2, "same_phone"), (0, 3, "same_phone")]
    assert _pairs(*office, apart=[(0, 1), (0, 2), (1, 2), (0, 3), (1, 3)]) == [(2, 3, "same_phone")]
