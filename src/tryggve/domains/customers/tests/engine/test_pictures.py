import base64
import io

import pytest
from PIL import Image

from tryggve.domains.customers.engine import pictures


def _picture(kind: str, size: tuple[int, int] = (40, 20), **options: object) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    out.seek(0)
    return out


def _drawn(source: io.BytesIO) -> Image.Image:
    return Image.open(io.BytesIO(pictures.picture_in(pictures.drawn_anew(source))))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_picture_of_each_kind_is_drawn_anew(kind: str) -> None:
    drawn = _drawn(_picture(kind))
    assert (drawn.format, drawn.size) == ("JPEG", (40, 20))


def test_large_picture_is_drawn_smaller_in_its_shape() -> None:
    assert _drawn(_picture("PNG", (4000, 1000))).size == (1600, 400)


def test_place_and_camera_are_left_out_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Secret Camera"
    source = _picture("JPEG", exif=exif)
    drawn = _drawn(source)
    assert b"Secret Camera" in source.getvalue()
    assert (drawn.size, dict(drawn.getexif())) == ((20, 40), {})


def test_what_can_be_seen_through_is_drawn_on_white() -> None:
    source = io.BytesIO()
    Image.new("RGBA", (2, 2), (0, 0, 0, 0)).save(source, "PNG")
    source.seek(0)
    assert _drawn(source).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_picture_of_too_many_pixels_is_not_drawn() -> None:
    with pytest.raises(ValueError, match="pixels"):
        list(pictures.drawn_anew(_picture("PNG", (10_000, 6_000))))


@pytest.mark.parametrize(
    "parts",
    [
        [],
        ["AAAA", "AAAA"],
        ["not base64!"],
        [base64.b64encode(b"<svg onload=alert(1)>").decode()],
        [17],
    ],
)
def test_what_a_child_answers_is_a_picture_or_nothing(parts: list[object]) -> None:
    with pytest.raises(pictures.NoPicture):
        pictures.picture_in(parts)
