import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageFile

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import ocr
from tryggve.domains.datamap.engine.reading.parts import Part
from tryggve.domains.datamap.tests.engine import pdf_files
from tryggve.domains.datamap.tests.engine.reading_files import everything, parts, places, reasons, text

NUMBER = "19811218-9876"
# Made with pillow-heif, which can write this format too; it shows «Personnummer: 19811218-9876».
HEIC = Path(__file__).with_name("number.heic")


def shown(*lines: str) -> Image.Image:
    return Image.fromarray(pdf_files.picture_of(*lines))


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def png_that_claims(columns: int, rows: int) -> bytes:
    """Its head only."""
    head = b"IHDR" + struct.pack(">IIBBBBB", columns, rows, 8, 0, 0, 0, 0)
    data = b"IDAT" + zlib.compress(bytes(100))
    chunks = (
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in (head, data)
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_numbers_and_addresses_in_pictures_are_read(kind: str) -> None:
    said = text(saved(shown(f"Personnummer: {NUMBER}", "E-post: åsa.öberg@example.se"), kind), "a")
    assert NUMBER in said
    assert "åsa.öberg@example.se" in said


def test_a_photograph_of_a_telephone_is_read() -> None:
    assert NUMBER in text(HEIC.read_bytes(), "a.heic")


def test_what_stands_side_by_side_is_one_line() -> None:
    wide = np.full((200, 1200), 255, np.uint8)
    for left, words in ((0, "Personnummer"), (700, NUMBER)):
        piece = pdf_files.picture_of(words)[:, :480]
        wide[: len(piece), left : left + 480] = piece[:200]
    lines = text(saved(Image.fromarray(wide), "PNG"), "a.png").splitlines()
    assert f"Personnummer {NUMBER}" in lines


def test_pages_of_a_tiff_are_told_apart() -> None:
    content = saved(shown("Ingenting"), "TIFF", save_all=True, append_images=[shown(NUMBER)])
    [(_part, where)] = places(parts(content, "a.tiff"), NUMBER)
    assert where == {"page": 2}


def test_a_picture_that_lies_on_its_side_is_read_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    content = saved(shown(f"Personnummer: {NUMBER}").rotate(90, expand=True), "JPEG", exif=turned)
    assert NUMBER in text(content, "a.jpg")


def test_the_same_picture_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[tuple[int, ...]]()

    def text_in(dots: NDArray[np.uint8]) -> str:
        asked.append(dots.shape)
        return "Hej"

    monkeypatch.setattr(ocr, "text_in", text_in)
    logo = saved(Image.new("RGB", (64, 41), "red"), "PNG")
    assert text(logo, "a.png") == text(logo, "b.png") == "Hej"
    assert asked == [(41, 64, 3)]


def test_what_is_too_small_to_be_read_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "text_in", lambda dots: "Hej")
    assert parts(saved(Image.new("L", (20, 20)), "PNG"), "a.png") == []


def test_without_what_reads_pictures_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_there", lambda: False)
    assert everything(HEIC.read_bytes(), "a.heic") == [NotScanned((), "needs-ocr")]


@pytest.mark.parametrize(("columns", "rows"), [(30_000, 30_000), (1 << 30, 1 << 30), (20_000, 6_000)])
def test_a_picture_that_would_fill_the_memory_is_told(columns: int, rows: int) -> None:
    assert reasons(png_that_claims(columns, rows), "a.png") == ["too-large"]


def test_a_picture_that_ends_early_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        ImageFile, "LOAD_TRUNCATED_IMAGES", False
    )  # what writes our PDF sets it in this process
    content = saved(shown(NUMBER), "JPEG")
    assert reasons(content[: len(content) // 2], "a.jpg") == ["damaged"]
    assert reasons(content[:20], "a.jpg") == ["damaged"]


@given(st.data())
def test_no_change_of_a_picture_stops_the_reader(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(SMALL)))
    for _change in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ocr, "text_in", lambda dots: "")
        assert not any(isinstance(one, Part) for one in everything(bytes(content), "a.png"))


SMALL = [saved(Image.new("L", (40, 20)), kind) for kind in ("PNG", "JPEG", "TIFF")]
