import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.reading import deceptive_letters, encodings, plain_text
from tryggve.domains.datamap.engine.reading.cutting import PIECE
from tryggve.domains.datamap.engine.reading.parts import HeldBytes
from tryggve.domains.datamap.tests.engine.reading_files import (
    bytes_at,
    everything,
    parts,
    places,
    text,
    where,
)

NUMBER = "19900101-9802"
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "cp1252",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-32-be",
    ],
)
def test_a_number_is_found_at_its_bytes_whatever_the_encoding(encoding: str) -> None:
    content = f"Åsa Öberg på Ängö\r\nhar personnummer {NUMBER}, bor på Höga vägen 1\r\n".encode(encoding)
    [part] = parts(content, "brev.txt")
    assert "Åsa Öberg på Ängö" in part.content.decode()
    [(_part, found)] = places([part], NUMBER)
    raw = bytes_at(content, found)
    assert (
        raw
        == NUMBER.encode(encoding.replace("utf-16", "utf-16-le") if encoding == "utf-16" else encoding)[
            -len(raw) :
        ]
    )
    assert len(raw) == len(NUMBER) * {"utf-1": 2, "utf-3": 4}.get(encoding[:5], 1)


def test_a_few_bytes_of_windows_1252_in_utf_8_are_read_as_such() -> None:
    content = "Åsa på Ängö och alla andra hälsar. ".encode() + b"M\xe5ns 070-1234567"
    assert text(content, "a.txt").endswith("Åsa på Ängö och alla andra hälsar. Måns 070-1234567")
    assert where(content, "a.txt", "070-1234567") == {"offset": len(content) - 11, "length": 11}


def test_windows_1252_with_bytes_that_happen_to_be_utf_8_stays_windows_1252() -> None:
    content = "Malmö, Växjö, Örebro, Åmål, Höör, Ängelholm »MALMÖ» 070-1234567".encode("cp1252")
    assert text(content, "a.txt").endswith("»MALMÖ» 070-1234567")


def test_bytes_that_windows_1252_leaves_open_hurt_nothing() -> None:
    content = b"p\xe5 \x81\x8d 070-1234567"
    assert where(content, "a.txt", "070-1234567") == {"offset": 6, "length": 11}


@given(st.binary(max_size=300))
def test_utf_8_is_told_from_other_bytes_as_the_decoder_does(raw: bytes) -> None:
    try:
        raw.decode()
        is_utf8 = True
    except UnicodeDecodeError:
        is_utf8 = False
    content, maps = encodings.to_utf8(raw, encodings.UTF8)
    content.decode()
    assert (content is raw and not maps) == is_utf8


@given(
    st.lists(
        st.sampled_from(["a", "å", "–", "ﬀ", "😀", b"\xc3", b"\xe2\x80", b"\xa5", b"\xf0\x9f"]), max_size=40
    )
)
def test_letters_of_any_width_and_their_halves_are_told_apart(pieces: list[str | bytes]) -> None:
    raw = b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)
    try:
        raw.decode()
    except UnicodeDecodeError:
        assert encodings.to_utf8(raw, encodings.UTF8)[0] != raw
    else:
        assert encodings.to_utf8(raw, encodings.UTF8)[0] is raw


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("08\u00a0123\u202f45\u200967", "08 123 45 67"),
        ("08\u2011123 45 67", "08-123 45 67"),
        ("08\u2013123 45 67", "08-123 45 67"),
        ("08\u2212123 45 67", "08-123 45 67"),
        ("199\u00ad00101\u200b-98\ufeff02", "19900101-9802"),
        ("\uff11\uff19\uff19\uff10\uff10\uff11\uff10\uff11\uff0d\uff19\uff18\uff10\uff12", "19900101-9802"),
        ("anna\uff20exempel\uff0ese", "anna@exempel.se"),
        ("\u0661\u0669\u0669\u0660", "1990"),
        ("\U0001d7cf\U0001d7d7\U0001d7d8", "190"),
        ("19900101\u202a-\u202c9802", "19900101-9802"),
        ("12\u200d34\U000e0020", "1234"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32-be"])
def test_deceptive_letters_are_resolved_and_found_where_they_lie(
    written: str, read: str, encoding: str
) -> None:
    content = f"Ring åäö {written}, tack".encode(encoding)
    [part] = parts(content, "a.txt")
    assert part.content.decode() == f"Ring åäö {read}, tack"
    [(_part, found)] = places([part], read)
    raw = bytes_at(content, found)
    visible = written.rstrip("\U000e0020")
    assert visible.encode(encoding).removeprefix(codecs.BOM_UTF16_LE) == raw


@given(st.text(LETTERS, max_size=60), st.sampled_from(["utf-8", "utf-16-le", "utf-32-be"]))
def test_each_letter_of_the_text_is_at_its_place_in_the_file(written: str, encoding: str) -> None:
    content = ("Början av en fil med vanlig text\n" * 10 + written).encode(encoding)
    for part in plain_text.pieces(HeldBytes(content)):
        at = 0
        for letter in part.content.decode():
            end = at + len(letter.encode())
            raw = bytes_at(content, part.place.where(at, end)).decode(encoding)
            assert deceptive_letters.resolved(f"{raw}\n".encode())[0].decode() == f"{letter}\n"
            at = end


def test_clean_text_is_not_copied() -> None:
    raw = ("Hälsningar från Åsa. " * 1000).encode()
    assert encodings.to_utf8(raw, encodings.UTF8)[0] is raw
    assert deceptive_letters.resolved(raw)[0] is raw


def test_letters_of_the_nordic_languages_and_typographic_quotes_stay() -> None:
    raw = "åäöÅÄÖæøåÆØÅ éüß §°µ “Hej” ’s … € ½".encode()
    assert deceptive_letters.resolved(raw) == (raw, None)


@pytest.mark.parametrize("name", ["kunder.csv", "utdrag.txt"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_table_with_delimiters_is_told_as_one(name: str, delimiter: str) -> None:
    rows = [
        ["Namn", "Telefon", "Ort"],
        ["Anna", "070-1234567", "Malmö"],
        ["Bo", "", "Lund"],
        ["Cilla", "", ""],
    ]
    content = "\n".join(delimiter.join(row) for row in rows).encode()
    [part] = parts(content, name)
    assert part.is_table


def test_prose_is_no_table() -> None:
    content = "Hej, hur mår du?\nJag mår bra, tack.\nDet är fint, ute.\nHej då, nu går jag.\n".encode()
    [part] = parts(content, "brev.txt")
    assert not part.is_table


def test_later_pieces_of_a_table_bring_its_headings() -> None:
    row = b"Anna Svensson;070-1234567\n"
    content = b"sep=;\nNamn;Telefon\n" + row * (PIECE * 3 // 2 // len(row))
    first, second = parts(content, "kunder.csv")
    assert (first.heading, second.heading) == (b"", b"Namn;Telefon")
    assert second.content.startswith(b"Anna Svensson;")


def test_an_empty_file_holds_nothing() -> None:
    assert everything(b"", "tom.txt") == []
    assert everything(b"", "tom.xlsx") == []


def test_lines_that_end_as_on_an_old_macintosh_are_lines_in_their_places() -> None:
    content = b"Namn;Mobil\rAnna;070-1234567\rBo;070-7654321\r"
    [part] = parts(content, "kunder.csv")
    assert part.content == b"Namn;Mobil\nAnna;070-1234567\nBo;070-7654321\n"
    assert bytes_at(content, where(content, "kunder.csv", "070-7654321")) == b"070-7654321"


def test_a_return_among_line_feeds_stays() -> None:
    assert text(b"a\rb\r\nc\n", "a.txt") == "a\rb\r\nc\n"
