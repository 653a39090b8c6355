import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.tests.engine.reading_files import bytes_at, parts, places, text, where


def raw_at(content: bytes, name: str, value: str) -> bytes:
    return bytes_at(content, where(content, name, value))


def test_escapes_of_json_are_letters() -> None:
    content = json.dumps(
        {"namn": "Åsa Öberg 😀", "adress": 'Gatan 1\n"Bakgården"', "telefon": "070-1234567"}
    ).encode()
    assert b"\\u00c5" in content
    found = text(content, "kund.json")
    assert "Åsa Öberg 😀" in found
    assert 'Gatan 1\n"Bakgården"' in found
    assert raw_at(content, "kund.json", "Åsa Öberg") == b"\\u00c5sa \\u00d6berg"
    assert raw_at(content, "kund.json", "070-1234567") == b"070-1234567"


def test_a_document_a_line_is_json_whatever_its_name() -> None:
    content = b'{"a": "anna\\u0040exempel.se"}\n{"a": "bo\\u0040exempel.se"}\n'
    assert raw_at(content, "logg.txt", "anna@exempel.se") == b"anna\\u0040exempel.se"


def test_half_a_letter_in_json_is_no_letter_and_hurts_nothing() -> None:
    assert text(b'{"a": "\\ud83d 070-1234567"}', "a.json") == '{"a": "? 070-1234567"}'


@given(st.text(max_size=40))
def test_any_text_written_as_json_is_read_again_but_for_deceptive_letters(written: str) -> None:
    content = json.dumps({"a": "Start " + written + " Slut"}).encode()
    [part] = parts(content, "a.json")
    begin, end = part.content.index(b"Start"), part.content.rindex(b"Slut")
    raw = bytes_at(content, part.place.where(begin, end))
    assert json.loads(b'"%s"' % raw) == "Start " + written + " "


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("08&nbsp;123&#160;45&#xA0;67", "08 123 45 67"),
        ("08&#8209;123", "08-123"),
        ("199001&shy;01-98&#8203;02", "19900101-9802"),
        ("anna&#64;exempel.se", "anna@exempel.se"),
        ("anna&commat;exempel.se", "anna@exempel.se"),
        ("&Aring;sa &ouml;berg", "Åsa öberg"),
        ("x=1&copy=2", "x=1&copy=2"),
        ("A &amp; B &lt;b&gt;", "A & B <b>"),
    ],
)
@pytest.mark.parametrize("name", ["sida.html", "data.xml"])
def test_references_are_letters(written: str, read: str, name: str) -> None:
    content = f"<p>Börja {written} sluta</p>".encode()
    assert f"Börja {read} sluta" in text(content, name)
    assert raw_at(content, name, f"Börja {read} sluta") == f"Börja {written} sluta".encode()


def test_tags_within_a_number_are_no_part_of_it() -> None:
    content = b"<html><p>Ring <b>070</b>-<span class='x'>123</span>45<wbr>67.</p></html>"
    assert raw_at(content, "a.html", "070-1234567") == b"070</b>-<span class='x'>123</span>45<wbr>67"


def test_cells_and_paragraphs_part_numbers() -> None:
    content = (
        b"<html><table><tr><td>1990</td><td>0101</td></tr><tr><td>9802</td></tr></table><p>12</p><p>34</p>"
    )
    assert text(content, "a.html").split() == ["1990", "0101", "9802", "12", "34"]


@pytest.mark.parametrize("row", ["<tr><td>960204</td><td>9984</td></tr>", "<TR><TD>960204<TD>9984"])
def test_cells_beside_each_other_are_parted_by_one_tab(row: str) -> None:
    assert "960204\t9984" in text(f"<html><table>{row}</table>".encode(), "a.html")


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><th>Namn</th><th>PG</th></tr><tr><td>Anna</td><td>5</td></tr></table>",
        "<table>\n <tr>\n  <th>Namn</th>\n  <th>PG</th>\n </tr>\n <tr>\n  <td>Anna</td>\n  <td>5</td>\n </tr>\n</table>"
        "\n",
        "<TABLE>\r\n<TR><TH>Namn\r\n<TH>PG\r\n<TR><TD>Anna\r\n<TD>5\r\n</TABLE>",
        "<table><thead><tr><td><p>Namn</p></td><td><p>PG</p></td></tr></thead>\n<tbody>\n<tr><td>\n<p>Anna</p>\n</td>"
        "<td><div>\n5</div></td></tr></tbody></table>",
    ],
)
def test_a_row_is_a_line_however_the_page_is_indented(table: str) -> None:
    content = f"<html><p>Hej</p>{table}<p>Slut</p>".encode()
    assert text(content, "a.html") == "\n\nHej\n\tNamn\tPG\n\tAnna\t5\nSlut\n"


def test_an_empty_cell_keeps_its_place() -> None:
    content = (
        b"<html><table><tr><td>Anna</td>\n<td></td>\n<td>5</td></tr>\n<tr><td></td><td>6</td></tr></table>"
    )
    assert text(content, "a.html") == "\n\tAnna\t\t5\n\t\t6\n"


def test_a_cell_with_an_attribute_that_says_something_is_a_cell() -> None:
    content = b'<html><table><tr><td>Anna</td><td data-label="Mobil">070</td></tr></table>'
    assert text(content, "a.html") == "\n\tAnna\tMobil 070\n"


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ('<a href="mailto:anna@exempel.se">Skriv</a>', "anna@exempel.se"),
        ("<a href='tel:+46701234567'>Ring</a>", "+46701234567"),
        ('<a href="/s?mail=anna@exempel.se&x=1">Sök</a>', "anna@exempel.se"),
        ('<input name="pnr" value="19900101-9802">', "pnr 19900101-9802"),
        ('<meta name="author" content="Anna Svensson">', "author Anna Svensson"),
        ('<img alt="Anna&nbsp;Svensson" src="x.png">', "Anna Svensson"),
        ("<td data-phone=070-1234567 class=y>", "070-1234567"),
        ("<!-- Anna Svensson -->", "Anna Svensson"),
        ('<script>var a = {"t": "070-1234567"};</script>', "070-1234567"),
    ],
)
def test_what_a_page_holds_but_does_not_show_is_read(tag: str, value: str) -> None:
    content = f"<html><body>Före {tag} efter".encode()
    assert (
        raw_at(content, "a.html", value)
        .replace(b"&nbsp;", b" ")
        .replace(b'" value="', b" ")
        .replace(b'" content="', b" ")
        == value.encode()
    )


def test_looks_of_a_page_are_not_read() -> None:
    found = text(
        b'<html><p style="width:0701234567px" id="4539578763621486">Hej</p><a name="0701234567">', "a.html"
    )
    assert found.split() == ["Hej"]


def test_a_page_in_the_encoding_that_it_declares() -> None:
    content = '<html><meta charset="windows-1257"><p>Ąžuolas 070-1234567'.encode("cp1257")
    assert "Ąžuolas" in text(content, "a.html")
    assert raw_at(content, "a.html", "070-1234567") == b"070-1234567"


def test_an_encoding_that_does_not_exist_is_not_believed() -> None:
    assert "Åsa" in text('<html><meta charset="hemlig"><p>Åsa'.encode(), "a.html")


def test_xml_keeps_its_tags_for_they_say_what_is_in_them() -> None:
    content = (
        b'<?xml version="1.0" encoding="iso-8859-1"?><kund><pnr>19900101-9802</pnr><namn>\xc5sa</namn></kund>'
    )
    assert "<pnr>19900101-9802</pnr><namn>Åsa</namn>" in text(content, "a.xml")


def test_entities_that_a_document_defines_are_never_expanded() -> None:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    content = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{lines}]><x>&a11;</x>'.encode()
    [part] = parts(content, "a.xml")
    assert part.content == content


@given(st.text("ab<>&;\"'= /!-#x1åp\n", max_size=80))
def test_any_markup_is_read_and_its_letters_are_found_again(written: str) -> None:
    content = ("<html>Början " + written).encode()
    for part in parts(content, "a.html"):
        for at, letter in enumerate(part.content):
            if letter in b"abx1":
                raw = bytes_at(content, part.place.where(at, at + 1)).decode()
                assert html.unescape(raw) == chr(letter)


def test_a_tag_that_never_ends_takes_no_long_time() -> None:
    content = b"<html>" + b'<a href="' * 100_000
    assert parts(content, "a.html")


def test_values_of_html_are_found_once_each_in_a_long_page() -> None:
    rows = "".join(
        f"<tr><td>Åsa&nbsp;{number}</td><td><b>{number:07d}</b>-{number % 10}</td></tr>\n"
        for number in range(90_000)
    )
    content = f"<html><table>{rows}</table>".encode()
    found = parts(content, "a.html")
    assert len(found) > 1
    for number in (0, 17_000, 57_000, 89_999):
        [(_part, there)] = places(found, f"{number:07d}-{number % 10}")
        assert bytes_at(content, there).decode() == f"{number:07d}</b>-{number % 10}"
