import struct

import pytest

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.tests.engine.ole_files import ole_file
from tryggve.domains.datamap.tests.engine.reading_files import parts, read_and_not, reasons

HEAD = struct.pack("<HH6xH", 0xA5EC, 0x00C1, 0).ljust(1024, b"\0")


def words(content: bytes, name: str) -> str:
    found, not_read = read_and_not(content, name)
    assert not_read == [NotScanned((), "partly")]
    return "\n".join(part.content.decode() for part in found)


@pytest.mark.parametrize("size", [100, 6000])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le"])
def test_text_of_a_word_document_is_found_and_said_to_be_partly_read(encoding: str, size: int) -> None:
    text = "Åsa Öberg\r19900101\x1e9802\x07 070-12345\x1f67\x07\x13HYPERLINK\x14anna@exempel.se\x15\r"
    content = ole_file(
        {"WordDocument": HEAD + text.encode(encoding) + b"\0\x01" * size, "1Table": b"\0" * 50}
    )
    found = words(content, "brev.doc")
    for value in ("Åsa Öberg\n", "19900101-9802\t", "070-1234567\t", " anna@exempel.se"):
        assert value in found


def test_text_of_slides_is_found() -> None:
    content = ole_file({"PowerPoint Document": b"\0\1\2" + "Ring 070-1234567".encode("utf-16-le") + b"\0\0"})
    assert "Ring 070-1234567" in words(content, "a.ppt")


def test_properties_are_read() -> None:
    content = ole_file(
        {"WordDocument": HEAD, "\x05SummaryInformation": b"\0\x1e\0\0\0" + b"Karin Ek, Malm\xf6\0"}
    )
    [part] = read_and_not(content, "a.doc")[0]
    assert part.inside == ("summaryinformation",)
    assert "Karin Ek, Malmö" in part.content.decode()


def test_a_file_packed_in_one_is_read() -> None:
    content = ole_file({"Package": b"Namn;Telefon\nAnna;070-1234567\n"})
    [part] = parts(content, "oleObject1.bin")
    assert part.inside == ("package",)
    assert part.content == b"Namn;Telefon\nAnna;070-1234567\n"


@pytest.mark.parametrize(
    ("streams", "reason"),
    [
        ({"WordDocument": struct.pack("<HH6xH", 0xA5EC, 0x00C1, 0x0100).ljust(5000, b"\0")}, "encrypted"),
        (
            {"PowerPoint Document": b"x" * 99, "Current User": b"\0" * 12 + struct.pack("<I", 0xF3D1C4DF)},
            "encrypted",
        ),
        ({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"x"}, "encrypted"),
        ({"VisioDocument": b"x" * 99}, "unknown-format"),
        ({"\x05SummaryInformation": b"Karin Ek, Malmo"}, "unknown-format"),
    ],
)
def test_what_cannot_be_read_is_said(streams: dict[str, bytes], reason: str) -> None:
    assert reasons(ole_file(streams), "a.doc") == [reason]


def test_a_file_cut_short_or_with_chains_in_a_circle_is_damaged() -> None:
    whole = ole_file({"WordDocument": HEAD + b"Anna Svensson" * 1000})
    assert reasons(whole[:700], "a.doc") == ["damaged"]
    assert reasons(whole[:5000], "a.doc") == ["damaged"]
    fat = bytearray(whole)
    # The directory's sector is followed by itself.
    fat[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    assert reasons(bytes(fat), "a.doc") == ["damaged"]
