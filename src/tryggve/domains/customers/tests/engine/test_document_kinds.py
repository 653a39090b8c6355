import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine import document_kinds


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\x89PNG\r\n\x1a\nrest", "image/png"),
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", document_kinds.UNKNOWN),
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        ("Åsa;Örebro\r\n".encode(), document_kinds.TEXT),
        (b"<html><script>alert(1)</script>", document_kinds.TEXT),
        (b"MZ\x90\x00", document_kinds.UNKNOWN),
        (b"", document_kinds.UNKNOWN),
    ],
)
def test_kind_is_told_from_the_first_bytes(start: bytes, kind: str) -> None:
    assert document_kinds.kind_of(start) == kind


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Avtal.pdf", "Avtal.pdf"),
        ("C:\\Users\\Anna\\Avtal.pdf", "Avtal.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
        ("  two   spaces .txt", "two spaces .txt"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        (".bashrc", "bashrc"),
        ("...", ""),
    ],
)
def test_name_is_kept_without_folders_and_invisible_letters(sent: str, kept: str) -> None:
    assert document_kinds.clean_name(sent) == kept


@given(st.text(max_size=400))
def test_any_name_is_short_and_on_one_line(sent: str) -> None:
    kept = document_kinds.clean_name(sent)
    assert (len(kept) <= 150, kept.isprintable() or kept == "", "/" in kept) == (True, True, False)
    assert document_kinds.clean_name(kept) == kept


@pytest.mark.parametrize(
    ("start", "text"),
    [
        ("Åsa".encode(), "Åsa"),
        ("Åsa".encode("utf-8-sig"), "Åsa"),
        ("Åsa".encode("cp1252"), "Åsa"),
        ("xÅ".encode()[:-1], "x"),
    ],
)
def test_text_is_read_in_the_encoding_that_fits(start: bytes, text: str) -> None:
    assert document_kinds.as_text(start) == text


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read_as_text(start: bytes) -> None:
    document_kinds.as_text(start)
    document_kinds.kind_of(start)
