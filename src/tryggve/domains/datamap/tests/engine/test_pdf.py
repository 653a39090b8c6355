import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import ocr
from tryggve.domains.datamap.engine.reading.parts import Limits, Part
from tryggve.domains.datamap.tests.engine import pdf_files
from tryggve.domains.datamap.tests.engine.reading_files import everything, packed, parts, reasons, text, where

NUMBER = "19811218-9876"
LINE = f"Personnummer {NUMBER}, Åsa Öberg"
CLOSED = b"/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>"


def with_attachment(name: bytes, content: bytes) -> bytes:
    file = pdf_files.stream(content, b"/Type /EmbeddedFile")
    listed = b"<< /Type /Filespec /F (%s) /UF (%s) /EF << /F 5 0 R >> >>" % (name, name)
    catalog = b"/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>"
    return pdf_files.with_text([LINE], more=[file, listed], catalog=catalog)


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_there", lambda: False)


def test_text_is_told_by_its_page() -> None:
    content = pdf_files.with_text(["Första sidan, om ingenting"], [LINE, "och mer"], [""])
    assert where(content, "a.pdf", NUMBER) == {"page": 2}
    assert "Åsa Öberg\r\noch mer" in text(content, "a.pdf")


def test_a_page_without_anything_is_no_part() -> None:
    assert parts(pdf_files.with_text([], [LINE]), "a.pdf") == parts(
        pdf_files.with_text([], [LINE], []), "a.pdf"
    )


def test_a_word_that_goes_on_in_the_next_line_keeps_its_hyphen() -> None:
    content = pdf_files.with_text(["Personnumret är 811218-", "9876 och inget annat"])
    assert "811218-" in text(content, "a.pdf")


def test_cells_of_a_table_are_apart_however_little_stands_between_them() -> None:
    assert "4711\t010190-1234" in text(pdf_files.row("4711", "010190-1234", width=60), "a.pdf")
    assert "4711 010190-1234" in text(pdf_files.row("4711", "010190-1234", width=28), "a.pdf")


def test_fields_of_forms_and_notes_are_read() -> None:
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (Personnummer) /V (%s) /Rect [0 0 9 9] >>"
        % NUMBER.encode()
    )
    note = b"<< /Type /Annot /Subtype /Text /Contents (Ring Anna) /Rect [0 0 9 9] >>"
    content = pdf_files.pdf(
        b"/Annots [4 0 R 5 0 R]", objects=[field, note], catalog=b"/AcroForm << /Fields [4 0 R] >>"
    )
    assert text(content, "a.pdf") == f"Personnummer: {NUMBER}\nRing Anna"


def test_attached_files_are_read_by_their_own_readers() -> None:
    content = with_attachment(b"lista.zip", packed({"a.txt": LINE}))
    assert [part.inside for part in parts(content, "a.pdf")] == [(), ("lista.zip", "a.txt")]


def test_files_within_files_within_a_pdf_end() -> None:
    content = with_attachment(b"1.pdf", with_attachment(b"2.pdf", with_attachment(b"3.pdf", LINE.encode())))
    assert [part.inside for part in parts(content, "a.pdf")][-1] == ("1.pdf", "2.pdf", "3.pdf")
    assert everything(with_attachment(b"0.pdf", content), "a.pdf")[-1] == NotScanned(
        ("0.pdf", "1.pdf", "2.pdf", "3.pdf"), "too-deep"
    )


def test_an_attached_file_too_large_to_be_held_is_told() -> None:
    content = with_attachment(b"stor.bin", os.urandom(1 << 17))
    limits = Limits(held_bytes=1 << 16)
    assert NotScanned(("stor.bin",), "too-large") in everything(content, "a.pdf", limits)


def test_a_file_too_large_to_be_held_is_read_where_it_lies() -> None:
    content = with_attachment(b"stor.bin", os.urandom(1 << 17))
    limits = Limits(held_bytes=1 << 16)
    assert any(
        isinstance(one, Part) and LINE in one.content.decode() for one in everything(content, "a", limits)
    )


def test_an_encrypted_one_is_told() -> None:
    content = pdf_files.with_text([LINE], trailer=CLOSED % (b"00" * 32, b"11" * 32))
    assert everything(content, "a.pdf") == [NotScanned((), "encrypted")]


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\nhej\n%%EOF", pdf_files.with_text([LINE])[:200]]
)
def test_one_that_is_no_pdf_after_its_mark_is_damaged(content: bytes) -> None:
    assert reasons(content, "a.pdf") == ["damaged"]


def test_one_without_its_end_is_read_and_told_to_be_read_partly() -> None:
    content = pdf_files.with_text([LINE]).partition(b"%%EOF")[0]
    part, told = everything(content, "a.pdf")
    assert isinstance(part, Part)
    assert told == NotScanned((), "partly")


def test_a_broken_page_is_told_and_the_others_read() -> None:
    content = pdf_files.with_text([LINE], [LINE]).replace(b"/Kids [6 0 R 7 0 R]", b"/Kids [9 0 R 7 0 R]")
    found = everything(content, "a.pdf")
    assert [one.inside for one in found] == [("page 1",), ()]


@pytest.mark.usefixtures("without_ocr")
def test_a_scanned_page_is_told_where_nothing_reads_pictures() -> None:
    assert everything(pdf_files.scanned(100, 100, bytes(10_000)), "a.pdf") == [NotScanned((), "needs-ocr")]


@pytest.mark.usefixtures("without_ocr")
def test_a_scanned_page_in_a_group_is_told() -> None:
    content = pdf_files.scanned(100, 100, bytes(10_000), is_grouped=True)
    assert reasons(content, "a.pdf") == ["needs-ocr"]


@pytest.mark.usefixtures("without_ocr")
def test_a_page_with_little_text_and_no_image_needs_nothing() -> None:
    assert reasons(pdf_files.with_text(["Bilaga 1"]), "a.pdf") == []


def test_what_a_scanned_page_shows_is_read() -> None:
    assert NUMBER in text(pdf_files.scan_of(LINE), "a.pdf")


def test_a_page_tree_that_holds_itself_ends() -> None:
    content = pdf_files.with_text([LINE]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    assert all(isinstance(one, NotScanned) for one in everything(content, "a.pdf"))


def test_a_page_count_that_lies_ends() -> None:
    content = pdf_files.with_text([LINE]).replace(b"/Count 1 ", b"/Count 9999999 ")
    assert "too-large" in reasons(content, "a.pdf", Limits(parts=100)) or parts(content, "a.pdf")


@given(st.data())
def test_no_change_of_a_pdf_stops_the_reader(data: st.DataObject) -> None:
    content = bytearray(with_attachment(b"a.txt", LINE.encode()))
    for _change in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    everything(bytes(content[: data.draw(st.integers(0, len(content)))]), "a.pdf", Limits(parts=1000))
