from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.comparison.decisions import Choice, Decisions
from tryggve.domains.customers.engine.imports.packed import Packed


def test_decisions_are_kept_as_they_are() -> None:
    told = Decisions(
        {7: Choice("same", "same_email", "a"), 9: Choice("out", "same_name", None, 7)}, {"same_email": "out"}
    )
    assert Decisions.from_bytes(told.to_bytes()) == told


def test_only_that_a_row_is_the_same_as_somebody_gone_falls_away() -> None:
    told = Decisions(
        {
            0: Choice("same", "same_email", "a"),
            1: Choice("new", "same_email", "a"),
            2: Choice("out", "same_email", "a"),
            3: Choice("same", "same_email", "b"),
            4: Choice("same", "same_person", None, 5),
            6: Choice("out", "same_person", None, 5),
        }
    )
    assert told.without({"a"}, {5, 3}).choices == {
        1: Choice("new", "same_email"),
        2: Choice("out", "same_email"),
        6: Choice("out", "same_person"),
    }


@given(st.lists(st.integers(), max_size=30), st.data())
def test_packed_entries_are_found_and_changed_by_their_places(
    entries: list[int], data: st.DataObject
) -> None:
    many = [one for one in entries for _time in range(90)]  # several blocks
    packed = Packed.of(many)
    packed = Packed.from_bytes(packed.to_bytes(), packed.sizes)
    places = data.draw(st.lists(st.integers(0, max(len(many) - 1, 0)), max_size=5)) if many else []
    assert (list(packed), packed.at(places)) == (many, {place: many[place] for place in places})
    changed = list(packed.changed(dict.fromkeys(places, "x")))
    assert changed == ["x" if place in places else one for place, one in enumerate(many)]
