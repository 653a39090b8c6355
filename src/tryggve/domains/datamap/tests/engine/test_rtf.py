import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.tests.engine.reading_files import parts, read_and_not, reasons, text, where

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def rtf(body: str) -> bytes:
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial CYR;}}" + body + "}"
    ).encode("cp1252")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\'c5sa \'d6berg", "Åsa Öberg"),
        (r"\u197?sa", "Åsa"),
        (r"\uc0\u197 sa", "Åsa"),
        (r"\uc2\u197\'3f\'3fsa", "Åsa"),
        (r"\uc1\u197 \'3fsa", "Åsa"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"08\~123", "08 123"),
        (r"08\_123", "08-123"),
        (r"19\-90", "1990"),
        (r"08\endash 123", "08-123"),
        (r"a\tab b", "a\tb"),
        (r"a\line b", "a\nb"),
        (r"a\cell b\cell\row", "a\tb"),
        (r"\{a\}\\", "{a}\\"),
        (r"19{\b 90}01\i 01\i0 -9802", "19900101-9802"),
        ("19\r\n90", "1990"),
        (r"{\f1\'c0}", "А"),
        (r"{\f1\'c0}\'c0", "АÀ"),
        (r'{\field{\*\fldinst HYPERLINK "mailto:a@b.se"}{\fldrslt Mail}}', 'HYPERLINK "mailto:a@b.se"Mail'),
        (r"{\header Huvud\par}Text", "Huvud\nText"),
        (r"{\footnote Fotnot}", "Fotnot"),
        (r"{\info{\author Karin Ek}}", "Karin Ek"),
        (r"{\*\annotation Ring Bo}", "Ring Bo"),
        (r"{\*\generator Riched20;}Text", "Text"),
        (r"{\stylesheet{\s1 Rubrik;}}Text", "Text"),
        (r"{\colortbl;\red0\green0\blue0;}Text", "Text"),
        (r"\bin3 }}}Text", "Text"),
        (r"\bin5 {\*\aText", "Text"),
        ("Åsa i klartext", "Åsa i klartext"),
    ],
)
def test_words_are_read_as_a_word_processor_shows_them(written: str, read: str) -> None:
    assert text(rtf(written), "a.rtf").strip() == read


def test_a_code_page_of_the_document_is_followed() -> None:
    content = rb"{\rtf1\ansi\ansicpg1257 \'d0\'fe}"
    assert text(content, "a.rtf").strip() == b"\xd0\xfe".decode("cp1257")


def test_an_unknown_code_page_hurts_nothing() -> None:
    assert text(rb"{\rtf1\ansi\ansicpg99999 \'c5sa}", "a.rtf").strip() == "Åsa"


def test_words_are_in_their_paragraph() -> None:
    assert where(rtf(r"Ett\par Tv\'e5\par 070-1234567\par"), "a.rtf", "070-1234567") == {"paragraph": 3}


def test_pictures_are_read_as_files_of_their_own() -> None:
    [words], [picture] = read_and_not(rtf(r"Text{\pict\pngblip\picw10 " + PNG.hex() + "}Mer"), "a.rtf")
    assert words.content.strip() == b"TextMer"
    assert picture.inside == ("picture1.png",)


def test_a_document_cut_anywhere_still_gives_what_came_before() -> None:
    content = rtf(r"{\b Anna} 070-1234567\par Slut")
    for end in range(content.index(b"Slut"), len(content)):
        assert "070-1234567" in text(content[:end], "a.rtf")


def test_groups_without_end_are_refused() -> None:
    assert reasons(b"{\\rtf1 " + b"{" * 20_000, "a.rtf") == ["damaged"]


@given(
    st.lists(
        st.sampled_from(
            ["{", "}", "\\", "'c5", "u197", "uc3", "bin5", "*", "pict", "pngblip", " ", "é", "0f"]
        ),
        max_size=40,
    )
)
def test_any_mixture_is_read(pieces: list[str]) -> None:
    for part in parts(rtf("Start " + "".join(pieces)), "a.rtf"):
        part.content.decode()
