"""What an import wrote is taken back field by field, and nothing that anybody wrote since."""

from dataclasses import replace

import pytest
from hypothesis import given

from tryggve.domains.customers.engine.comparison.merging import merge
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.imports.undoing import TakenBack, UndoTold, taken_back
from tryggve.domains.customers.tests.engine.strategies import details

_BEFORE = Details(
    name="Anna Ek",
    emails=("a@example.se",),
    note="ett",
    addresses=(Address("Storgatan 1", "111 22", "Lund"),),
    custom=(("shoes", "43"),),
)
_AFTER = replace(
    _BEFORE,
    organisation="Bageriet",
    emails=("a@example.se", "b@example.se"),
    note="ett\n\ntvå",
    addresses=(Address("Storgatan 1", "111 22", "Lund", "Sverige"), Address("Ängen 3", "222 22", "Kivik")),
    custom=(("shoes", "43"), ("hat", "58")),
)


def _back(**now: object) -> TakenBack:
    return taken_back(before=_BEFORE, after=_AFTER, now=replace(_AFTER, **now))  # type: ignore[arg-type]


def test_untouched_card_is_as_before() -> None:
    assert _back() == TakenBack(_BEFORE, ())


@pytest.mark.parametrize(
    ("now", "after"),
    [
        ({"job_title": "Baker"}, {"job_title": "Baker"}),
        ({"emails": ("a@example.se", "b@example.se", "c@example.se")}, {"emails": ("a@example.se", "c@example.se")}),
        ({"emails": ("b@example.se",)}, {"emails": ()}),
        ({"note": "ett\n\ntvå\n\ntre"}, {"note": "ett\n\ntre"}),
        ({"custom": (("shoes", "44"), ("hat", "58"))}, {"custom": (("shoes", "44"),)}),
        ({"addresses": (_AFTER.addresses[0],)}, {}),
    ],
)  # fmt: skip
def test_what_was_written_since_stays(now: dict[str, object], after: dict[str, object]) -> None:
    assert _back(**now).details == replace(_BEFORE, **after)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        ({"organisation": "Bygg"}, ("organisation",)),
        ({"organisation": ""}, ("organisation",)),
        ({"note": "allt nytt"}, ("note",)),
        ({"emails": ("a@example.se",)}, ("emails",)),
    ],
)
def test_field_that_somebody_wrote_over_is_left_and_told(
    now: dict[str, object], kept: tuple[str, ...]
) -> None:
    found = _back(**now)
    assert (found.kept, getattr(found.details, kept[0])) == (kept, now[kept[0]])


@given(before=details(), row=details())
def test_whatever_is_merged_in_is_taken_back_whole(before: Details, row: Details) -> None:
    after = merge(before, row, "SE").details
    assert taken_back(before=before, after=after, now=after).details == before
    edited = replace(after, job_title="Baker", tags=(*after.tags, "choir"))
    found = taken_back(before=before, after=after, now=edited)
    assert (found.details, found.kept) == (
        replace(before, job_title="Baker", tags=(*before.tags, "choir")), ()
    )  # fmt: skip


def test_what_is_told_is_kept_and_names_nobody_who_is_gone() -> None:
    told = UndoTold("user:1", deleted=2, kept=("a", "b"), partly=("c",))
    assert UndoTold.from_bytes(told.to_bytes()) == told
    assert (told.named(), told.without({"a", "c"}, ())) == (
        frozenset("abc"), replace(told, kept=("b",), partly=())
    )  # fmt: skip
