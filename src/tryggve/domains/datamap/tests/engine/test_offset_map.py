from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.findings import Where
from tryggve.domains.datamap.engine.reading.offset_map import InFile, edited
from tryggve.domains.datamap.tests.engine.reading_files import bytes_at


def start_of(where: Where) -> int:
    return int(str(where["offset"]))


@st.composite
def sources_with_edits(draw: st.DrawFn) -> tuple[bytes, list[tuple[int, int, bytes]]]:
    """Kept letters are lower case, what is replaced is digits, what comes in their place upper case."""
    source, replaced = b"", []
    for kept in draw(st.lists(st.text("abc", max_size=4), max_size=8)):
        source += kept.encode()
        old, new = draw(st.text("0123", min_size=1, max_size=4)), draw(st.text("XYZ", max_size=1))
        replaced.append((len(source), len(source) + len(old), new.encode()))
        source += old.encode()
    return source + draw(st.text("abc", max_size=4)).encode(), replaced


@given(sources_with_edits())
def test_each_kept_letter_is_where_it_came_from(case: tuple[bytes, list[tuple[int, int, bytes]]]) -> None:
    source, replaced = case
    content, changed = edited(source, replaced)
    place = InFile(0, (changed,) if changed else ())
    for at, letter in enumerate(content):
        original = bytes_at(source, place.where(at, at + 1))
        if letter in b"abc":
            assert original == bytes([letter])
        else:
            assert original.isdigit()


@given(sources_with_edits())
def test_neighbours_that_touch_in_the_text_never_overlap_in_the_source(
    case: tuple[bytes, list[tuple[int, int, bytes]]],
) -> None:
    source, replaced = case
    content, changed = edited(source, replaced)
    place = InFile(0, (changed,) if changed else ())
    for at in range(1, len(content)):
        before, after = place.where(0, at), place.where(at, len(content))
        assert len(bytes_at(source, before)) + start_of(before) <= start_of(after)


@given(sources_with_edits())
def test_each_letter_belongs_to_one_side_of_any_cut(case: tuple[bytes, list[tuple[int, int, bytes]]]) -> None:
    source, replaced = case
    content, changed = edited(source, replaced)
    place = InFile(0, (changed,) if changed else ())
    starts = [start_of(place.where(letter, letter + 1)) for letter in range(len(content))]
    for cut in range(len(source) + 1):
        at = place.at_or_after(cut, len(content))
        assert all(start < cut for start in starts[:at])
        assert all(start >= cut for start in starts[at:])


def test_what_is_left_out_at_either_end_of_a_finding_is_no_part_of_it() -> None:
    content, changed = edited(b"--ab--cd--", [(0, 2, b""), (4, 6, b""), (8, 10, b"")])
    assert content == b"abcd"
    assert changed is not None
    place = InFile(100, (changed,))
    assert place.where(0, 2) == {"offset": 102, "length": 2}
    assert place.where(2, 4) == {"offset": 106, "length": 2}
    assert place.where(0, 4) == {"offset": 102, "length": 6}


def test_without_edits_the_same_bytes_come_back() -> None:
    source = b"abc"
    assert edited(source, [])[0] is source
