import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading.contacts_and_calendars import unfolded
from tryggve.domains.datamap.engine.reading.parts import Limits
from tryggve.domains.datamap.tests.engine.reading_files import everything, parts, places, text, where

PHOTO = base64.b64encode(bytes(range(256)) * 3).decode()


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def calendar(*lines: str) -> bytes:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]
    ).encode()


def folded(line: str, width: int = 70) -> str:
    return "\r\n ".join(line[at : at + width] for at in range(0, len(line), width))


def found_at(content: bytes, name: str, value: str) -> bytes:
    place = where(content, name, value)
    return content[place["offset"] : place["offset"] + place["length"]]  # type: ignore[operator, index]


@pytest.mark.parametrize("fold", ["\r\n ", "\r\n\t", "\n "])
def test_a_value_that_is_folded_is_found_whole_at_its_bytes(fold: str) -> None:
    content = card(f"EMAIL;TYPE=home:anna@exa{fold}mple.se").encode()
    assert found_at(content, "a.vcf", "anna@example.se") == f"anna@exa{fold}mple.se".encode()


@pytest.mark.parametrize(
    ("charset", "name"), [("UTF-8", "utf-8"), ("ISO-8859-1", "latin-1"), ("windows-1252", "cp1252")]
)
def test_quoted_printable_of_version_2_1_is_read(charset: str, name: str) -> None:
    value = "".join(f"={code:02X}" for code in "Öberg;Åsa".encode(name))
    content = card(
        f"N;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{value[:12]}=\r\n{value[12:]}", version="2.1"
    ).encode()
    assert "Öberg;Åsa" in text(content, "a.vcf")
    assert found_at(content, "a.vcf", "Öberg;Åsa") == f"{value[:12]}=\r\n{value[12:]}".encode()


def test_a_file_in_windows_1252_is_read() -> None:
    assert "Åsa Öberg" in text(card("FN:Åsa Öberg").encode("cp1252"), "a.vcf")


def test_commas_semicolons_and_line_ends_are_read_as_meant() -> None:
    assert "NOTE:a, b; c\\\nd" in text(card(r"NOTE:a\, b\; c\\\nd").encode(), "a.vcf")


def test_parameters_with_colons_in_quotes_are_no_value() -> None:
    content = calendar('ATTENDEE;CN="Öberg: Åsa";RSVP=\r\n TRUE:mailto:asa@example.se')
    assert 'CN="Öberg: Åsa";RSVP=TRUE:mailto:asa@example.se' in text(content, "a.ics")


@pytest.mark.parametrize(
    "photo",
    [
        f"PHOTO;ENCODING=b;TYPE=JPEG:{PHOTO}",
        f"PHOTO;JPEG;ENCODING=BASE64:{PHOTO}",
        f"PHOTO:data:image/jpeg;base64,{PHOTO}",
        f"PHOTO;VALUE=\r\n binary;BASE64:{PHOTO}",
    ],
)
def test_a_photograph_is_no_text_and_what_follows_is_read(photo: str) -> None:
    said = text(card(folded(photo), "TEL:070-1234567").encode(), "a.vcf")
    assert PHOTO[:40] not in said
    assert "TEL:070-1234567" in said


def test_the_rest_of_a_photograph_cut_in_two_is_no_text() -> None:
    content, _edits = unfolded(folded(" " + PHOTO).encode() + b"\r\nTEL:070-1234567\r\n")
    assert content == b"TEL:070-1234567\r\n"


def test_the_rest_of_a_note_cut_in_two_is_text() -> None:
    content, _edits = unfolded(b" rest of a note with 070-1234567\r\nTEL:1\r\n")
    assert b"070-1234567" in content


def test_files_attached_to_an_event_are_read_by_their_own_readers() -> None:
    packed = base64.b64encode(b"namn;nummer\nAnna;811218-9876\n").decode()
    line = f'ATTACH;FMTTYPE=text/csv;ENCODING=BASE64;VALUE=BINARY;X-FILENAME="lista.csv":{packed}'
    found = parts(calendar(folded(line, 40)), "a.ics")
    assert [part.inside for part in found] == [(), ("lista.csv",)]
    assert [place for _part, place in places(found, "811218-9876")] == [{"offset": 17, "length": 11}]


def test_an_attached_file_that_breaks_off_is_told() -> None:
    content = calendar("ATTACH;ENCODING=BASE64;VALUE=BINARY:QUJDR")
    assert everything(content, "a.ics")[-1] == NotScanned(("attachment 1",), "damaged")


def test_a_long_file_is_read_piece_by_piece() -> None:
    content = "".join(
        card(f"FN:Person {number}", f"TEL:070-{number:07}") for number in range(90_000)
    ).encode()
    found = parts(content, "a.vcf", Limits(held_bytes=1 << 10))
    assert len(found) > 1
    for number in (0, 12_345, 89_999):
        [_one] = places(found, f"070-{number:07}")


@given(
    st.lists(
        st.sampled_from(
            ["N", ";", ":", '"', "\r\n", "\n", " ", "=", "ENCODING=B", "QUOTED-PRINTABLE", "A", "\\", "\\n"]
        )
    )
)
def test_every_change_lies_in_the_text_and_in_order(pieces: list[str]) -> None:
    content = "".join(pieces).encode()
    said, edits = unfolded(content)
    places = [(0 if edits is None else edits.start(at)) for at in range(len(said))] if edits else []
    assert places == sorted(places)
    assert all(0 <= place <= len(content) for place in places)
