"""Of findings that overlap one stays: the surer, then the stronger kind, then the longer."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import KINDS, Confidence, Kind
from tryggve.domains.datamap.engine.overlaps import resolved
from tryggve.domains.datamap.engine.spans import Spans

Row = tuple[int, int, int, int]
_ROWS = st.lists(
    st.tuples(
        st.integers(0, 60), st.integers(1, 20), st.integers(0, len(KINDS) - 1), st.integers(1, 3)
    ),
    max_size=30,
)  # fmt: skip


def _spans(*rows: tuple[Kind, int, int, Confidence]) -> Spans:
    return spans.together(spans.spans(kind, [start], [end], sure) for kind, start, end, sure in rows)


def _kept(found: Spans) -> list[tuple[Kind, int, int]]:
    left = resolved(found)
    return [
        (KINDS[kind], start, end)
        for kind, start, end in zip(left.kind.tolist(), left.start.tolist(), left.end.tolist(), strict=True)
    ]


def test_the_surer_stays_though_its_kind_is_weaker() -> None:
    found = _spans((Kind.SE_ORGNR, 0, 10, Confidence.LOW), (Kind.PHONE, 0, 10, Confidence.HIGH))
    assert _kept(found) == [(Kind.PHONE, 0, 10)]


def test_the_stronger_kind_stays_where_both_are_as_sure() -> None:
    found = _spans((Kind.PHONE, 0, 11, Confidence.HIGH), (Kind.DK_CPR, 0, 11, Confidence.HIGH))
    assert _kept(found) == [(Kind.DK_CPR, 0, 11)]


def test_the_longer_of_one_kind_stays() -> None:
    found = _spans((Kind.PHONE, 4, 12, Confidence.LOW), (Kind.PHONE, 0, 12, Confidence.LOW))
    assert _kept(found) == [(Kind.PHONE, 0, 12)]


def test_neighbours_that_touch_both_stay_in_the_order_of_the_text() -> None:
    found = _spans((Kind.PHONE, 10, 20, Confidence.LOW), (Kind.EMAIL, 0, 10, Confidence.LOW))
    assert _kept(found) == [(Kind.EMAIL, 0, 10), (Kind.PHONE, 10, 20)]


def test_what_loses_to_one_that_goes_itself_stays() -> None:
    found = _spans(
        (Kind.IBAN, 0, 10, Confidence.HIGH),
        (Kind.CARD, 5, 20, Confidence.MEDIUM),
        (Kind.PHONE, 15, 25, Confidence.LOW),
    )
    assert _kept(found) == [(Kind.IBAN, 0, 10), (Kind.PHONE, 15, 25)]


@given(_ROWS)
def test_it_is_what_picking_the_strongest_again_and_again_gives(rows: list[Row]) -> None:
    found = _of(rows)
    assert sorted(_rows(resolved(found))) == sorted(_greedy(_rows(found)))


def _of(rows: list[Row]) -> Spans:
    start, size, kind, sure = (np.array(column, np.int64) for column in zip(*rows, strict=True)) if rows else (
        np.empty(0, np.int64) for _column in range(4)
    )  # fmt: skip
    return Spans(start, start + size, kind.astype(np.uint8), sure.astype(np.uint8))


def _rows(found: Spans) -> list[Row]:
    columns = (found.start, found.end, found.kind, found.confidence)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _greedy(rows: list[Row]) -> list[Row]:
    kept: list[Row] = []
    for row in sorted(rows, key=lambda one: (-one[3], one[2], one[0] - one[1], one[0])):
        if not any(row[0] < end and start < row[1] for start, end, _kind, _sure in kept):
            kept.append(row)
    return kept
