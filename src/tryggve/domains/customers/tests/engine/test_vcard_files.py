"""Files of contact cards as they come: folded, quoted, in any encoding, cut in the middle."""

import io
import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.columns.headings import columns_of
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import SetAside
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.files.vcard_lines import content_lines
from tryggve.domains.customers.engine.files.vcard_values import CHARSETS
from tryggve.domains.customers.engine.rows.readings import AsideReader
from tryggve.domains.customers.engine.table import Limits, Row, Table, UnreadableFile
from tryggve.domains.customers.tests.engine.cards import Property, card_of, old_card_of, vcf
from tryggve.domains.customers.tests.engine.damage import damaged
from tryggve.domains.customers.tests.engine.outcomes import outcome_of

_ANNA, _BO = (
    b"BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEND:VCARD\n",
    b"BEGIN:VCARD\nVERSION:3.0\nFN:Bo\nEND:VCARD\n",
)


def _table(data: bytes, limits: Limits | None = None) -> Table:
    return read_table(io.BytesIO(data), limits or Limits())


def _rows(data: bytes) -> list[Row]:
    return _table(data).rows[1:]


def _refusal(data: bytes, limits: Limits | None = None) -> tuple[str, int | None]:
    with pytest.raises(UnreadableFile) as refused:
        _table(data, limits)
    return refused.value.code, refused.value.line


def _name(lines: bytes, version: bytes = b"2.1") -> str:
    return _rows(b"BEGIN:VCARD\r\nVERSION:" + version + b"\r\n" + lines + b"\r\nEND:VCARD\r\n")[0].cells[0]


@pytest.mark.parametrize(
    ("lines", "version", "name"),
    [
        (b"FN:An\r\n na Ek", b"3.0", "Anna Ek"),
        (b"FN:Anna\r\n  Ek", b"4.0", "Anna Ek"),
        (b"FN:Anna\r\n Ek", b"2.1", "Anna Ek"),
        (b"FN:Anna\r\n\tEk", b"3.0", "AnnaEk"),
        (b"fn;language=sv:Anna", b"3.0", "Anna"),
        (b"FN;X=\"a:b;c\":Anna", b"4.0", "Anna"),
        (b"FN ; LANGUAGE=sv : Anna ", b"2.1", "Anna"),
        (b"FN:a\\\\nb\\nc\\,d\\Ne", b"3.0", "a\\nb\nc,d\ne"),
        (b"FN:C:\\nytt\\;x\\\\", b"2.1", "C:\\nytt;x\\"),
        (b"FN;ENCODING=QUOTED-PRINTABLE:=C3=85sa =\r\nEk", b"2.1", "Åsa Ek"),
        (b"FN;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:=C5s=\r\na =D6berg", b"2.1", "Åsa Öberg"),
        (b"FN;ENCODING=quoted-printable:a=3Db=3D", b"2.1", "a=b="),
        (b"FN;ENCODING=QUOTED-PRINTABLE:Anna=", b"2.1", "Anna"),
        (b"FN;ENCODING=QUOTED-PRINTABLE:Anna=\r\n", b"2.1", "Anna"),
        (b"FN;ENCODING=QUOTED-PRINTABLE:Anna=ZZ", b"2.1", "Anna=ZZ"),
        (b"FN;ENCODING=B:w4VzYQ==", b"3.0", "Åsa"),
        (b"FN;ENCODING=BASE64:w4Vz\r\n YQ==\r\n", b"2.1", "Åsa"),
        ("FN;CHARSET=windows-1252:Åsa".encode("cp1252"), b"2.1", "Åsa"),
        ("FN;CHARSET=ISO-8859-15:Åsa €".encode("iso8859-15"), b"2.1", "Åsa €"),
        ("FN;CHARSET=macintosh:Åsa".encode("mac-roman"), b"2.1", "Åsa"),
        ("FN;CHARSET=x-unknown:Åsa".encode(), b"3.0", "Åsa"),
        ("FN;CHARSET=UTF-8:Åsa".encode("cp1252"), b"3.0", "Åsa"),
        ("FN:Åsa".encode("cp1252"), b"3.0", "Åsa"),
        (b"FN:\xc5\x81sa \x81", b"3.0", "\xc5\x81sa \x81"),
        ("FN:Åsa Öberg Ääöå".encode() + b"\xc3", b"3.0", "Åsa Öberg Ääöå\ufffd"),
        (b"FN:An\r\nna", b"3.0", "An\nna"),
    ],
)  # fmt: skip
def test_name_is_read_however_it_is_written(lines: bytes, version: bytes, name: str) -> None:
    assert _name(lines, version) == name


def test_declared_encodings_are_all_there() -> None:
    assert {"Å".encode(encoding, "replace") for encoding in CHARSETS.values()}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_whole_file_in_another_encoding_is_read(encoding: str) -> None:
    text = vcf(["FN:Åsa", "NOTE:ja 🦊"]).decode().encode(encoding)
    assert _rows(text) == [Row(1, ("Åsa", "ja 🦊"))]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_end_in_any_way(end: str) -> None:
    data = vcf(["FN:An", " na"], ["FN:Bo"]).decode().replace("\r\n", end).encode()
    assert _rows(data) == [Row(1, ("Anna",)), Row(6, ("Bo",))]


def test_large_photo_costs_no_trouble_in_any_way_of_writing_it() -> None:
    line = b"A" * 74
    photo = b"\r\n ".join([b"PHOTO;ENCODING=BASE64;JPEG:", *[line] * 70_000])
    unfolded = b"PHOTO;ENCODING=BASE64:\r\n" + b"\r\n".join([line] * 70_000) + b"\r\n"
    for written in (photo, unfolded, b"PHOTO:data:image/jpeg;base64," + line * 70_000):
        data = b"BEGIN:VCARD\r\nVERSION:2.1\r\n" + written + b"\r\nFN:Anna\r\nEND:VCARD\r\n" + _BO
        assert len(written) > 5_000_000
        assert [row.cells for row in _rows(data)] == [("Anna",), ("Bo",)]


def test_lines_of_a_photo_are_not_even_held() -> None:
    lines = content_lines(b"BEGIN:VCARD\nitem1.PHOTO;ENCODING=B:AAAA\n AAAA\n AAAA\nFN:Anna\n")
    assert [(one.name, len(one.pieces)) for one in lines] == [("BEGIN", 1), ("PHOTO", 1), ("FN", 1)]


@pytest.mark.parametrize("kept", range(1, len(_BO)))
def test_card_cut_in_the_middle_is_set_aside_and_those_before_it_are_read(kept: int) -> None:
    first, *others = _rows(_ANNA + _BO[:kept])
    assert first == Row(1, ("Anna",))
    if kept >= len(_BO) - 1:  # only the end of the last line is lost
        assert others == [Row(5, ("Bo",))]
    elif kept < len("BEGIN:VCARD"):
        assert [row.faults for row in others] == [((0, "outside_cards"),)]
    else:
        [cut] = others
        assert (cut.line, cut.faults) == (5, ((0, "cut_short"),))


def test_cut_card_keeps_what_it_said() -> None:
    outcome = outcome_of(vcf(["FN:Bo"]) + b"BEGIN:VCARD\nFN:Anna\nEMAIL:anna@exam")
    assert (outcome.created, outcome.set_aside) == ([1], [{"line": 5, "column": None, "reason": "cut_short"}])
    assert _rows(vcf(["FN:Bo"]) + b"BEGIN:VCARD\nFN:Anna\nEMAIL:anna@exam")[1].cells == ("Anna", "anna@exam")


def test_card_that_never_ends_before_the_next_is_cut() -> None:
    assert _rows(b"BEGIN:VCARD\nFN:Dan\n" + _BO + b"TEL:1\n") == [
        Row(1, ("Dan",), ((0, "cut_short"),)), Row(3, ("Bo",)), Row(7, ("", "TEL:1"), ((0, "outside_cards"),)),
    ]  # fmt: skip


def test_file_without_a_whole_card_is_refused_with_its_line() -> None:
    assert _refusal(b"\n\nBEGIN:VCARD\nFN:Anna\n") == ("truncated", 3)


def test_soft_line_break_before_the_end_does_not_swallow_it() -> None:
    data = b"BEGIN:VCARD\nVERSION:2.1\nNOTE;QUOTED-PRINTABLE:x=\nEND:VCARD\n"
    assert [row.faults for row in _rows(data + _BO)] == [(), ()]


def test_lines_outside_of_cards_are_set_aside() -> None:
    data = b"Mina kontakter\n  fr\xe5n mobilen\n" + _ANNA + b"TEL:0701740605\n\n" + _BO + b"slut\nEND:VCARD\n"
    assert _rows(data) == [
        Row(1, ("", "Mina kontakter\n  från mobilen"), ((0, "outside_cards"),)), Row(3, ("Anna",)),
        Row(7, ("", "TEL:0701740605"), ((0, "outside_cards"),)), Row(9, ("Bo",)),
        Row(13, ("", "slut"), ((0, "outside_cards"),)), Row(14, ("", "END:VCARD"), ((0, "outside_cards"),)),
    ]  # fmt: skip
    assert {entry["reason"] for entry in outcome_of(data).set_aside} == {"outside_cards"}


def test_somebody_named_outside_of_cards_is_found_who_is_to_be_forgotten() -> None:
    """Whose text it is stands in no column."""
    aside = SetAside(1, None, "outside_cards", ("", "Anna Ek; anna@example.se; 070-174 06 05"))
    said = AsideReader(columns_of(["Name", "Note"]), "SE").read(aside)
    assert (
        Details("person", "Anna Ek", emails=("anna@example.se",), phones=("070-174 06 05",)) in said.readings
    )


@pytest.mark.parametrize(
    "agent", [b"AGENT:\nBEGIN:VCARD\n", b"AGENT;X=1:\n\nBEGIN:VCARD\n", b"AGENT:BEGIN:VCARD\n"]
)
def test_card_within_a_card_is_a_card_of_its_own(agent: bytes) -> None:
    data = b"BEGIN:VCARD\nVERSION:2.1\nFN:Anna\n" + agent + b"FN:Cilla\nEND:VCARD\nTEL:1\nEND:VCARD\n" + _BO
    assert [(row.cells, row.faults) for row in _rows(data)] == [
        (("Anna", "1"), ()),
        (("Cilla",), ()),
        (("Bo",), ()),
    ]


def test_card_within_a_value_is_kept_beside() -> None:
    data = vcf(["FN:Anna", "AGENT:BEGIN:VCARD\\nFN:Cilla\\nEND:VCARD\\n"])
    assert _rows(data) == [Row(1, ("Anna", "BEGIN:VCARD\nFN:Cilla\nEND:VCARD"))]


def test_more_cards_columns_and_cells_than_allowed_are_refused() -> None:
    data = vcf(*[["FN:Anna", "TEL:1", "TEL:2"]] * 5)
    assert len(_table(data, Limits(rows=6, columns=3, cells=18)).rows) == 6
    assert _refusal(data, Limits(rows=5))[0] == "too_many_rows"
    assert _refusal(data, Limits(columns=2)) == ("too_many_columns", None)
    assert _refusal(data, Limits(cells=17))[0] == "too_large"
    assert _refusal(vcf(["FN:Anna"], ["TEL;X=1:"] * 101), Limits(columns=10)) == ("too_many_columns", 5)


def test_cards_without_anything_in_them_are_no_table_of_customers() -> None:
    assert [row.cells for row in _table(vcf([], [])).rows] == [("Name",), (), ()]


_LETTER = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.sampled_from("\n\\;,:= åÖ")
_TEXT = st.text(_LETTER, max_size=90)
_PROPERTY = st.tuples(st.sampled_from(["FN", "NOTE", "TITLE", "X-A"]), _TEXT.map(str.strip))
_CARDS = st.lists(st.lists(_PROPERTY, max_size=4, unique_by=lambda one: one[0]), min_size=1, max_size=4)


def _texts(data: bytes) -> list[dict[str, str]]:
    [headings, *rows] = [row.cells for row in _table(data).rows]
    return [{heading: cell for heading, cell in zip(headings, row, strict=False) if cell} for row in rows]


def _as_said(cards: list[list[Property]]) -> list[dict[str, str]]:
    headings = {"FN": "Name", "NOTE": "Note", "TITLE": "Job title", "X-A": "vCard X-A"}
    return [
        {
            headings[name]: said
            for name, text in card
            if (said := text.strip(";") if name in ("TITLE", "X-A") else text)
        }
        for card in cards
    ]


@given(_CARDS, st.sampled_from(["3.0", "4.0"]))
def test_any_cards_come_back_as_written(cards: list[list[Property]], version: str) -> None:
    assert _texts(b"".join(card_of(card, version) for card in cards)) == _as_said(cards)


@given(_CARDS)
def test_any_old_cards_come_back_as_written(cards: list[list[Property]]) -> None:
    assert _texts(b"".join(map(old_card_of, cards))) == _as_said(cards)


@settings(max_examples=200)
@given(damage=st.randoms(use_true_random=False))
def test_damaged_file_is_read_or_refused(damage: random.Random) -> None:
    data = vcf(["FN:Åsa", "TEL:1", "item1.URL:x", "item1.X-ABLabel:y"]) + old_card_of(
        [("FN", "Örjan\nx" * 9)]
    )
    with suppress(UnreadableFile):
        assert all(isinstance(cell, str) for row in _table(damaged(data, damage)).rows for cell in row.cells)


@given(
    st.lists(
        st.sampled_from(
            ["BEGIN:VCARD", "END:VCARD", "VERSION:2.1", "FN:Anna", "AGENT:", "N:a;b", "NOTE;QUOTED-PRINTABLE:x=", " y",
             "", "hej", "TEL:1", "PHOTO;BASE64:", "AAAA", "ADR:;;;;;;", "KIND:group"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_any_order_of_lines_is_read_or_refused_and_loses_no_name(lines: list[str]) -> None:
    with suppress(UnreadableFile):
        rows = _table("\n".join(["BEGIN:VCARD", *lines]).encode()).rows
        assert sum(cell.count("Anna") for row in rows for cell in row.cells) == lines.count("FN:Anna")
