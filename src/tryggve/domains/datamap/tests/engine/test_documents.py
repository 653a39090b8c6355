import io
import zipfile

import docx
import pytest

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading.parts import Limits
from tryggve.domains.datamap.tests.engine.reading_files import (
    packed,
    parts,
    read_and_not,
    reasons,
    text,
    where,
)

ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "draw": "drawing",
        "meta": "meta",
        "dc": "dc",
        "xlink": "xlink",
        "style": "style",
    }.items()
)
TYPES = {"[Content_Types].xml": "<Types/>"}


def saved(document: "docx.document.Document") -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word(body: str, **others: str) -> bytes:
    """``others``: parts by name, without folder and ending."""
    document = f'<w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>'
    return packed(
        {**TYPES, "word/document.xml": document, **{f"word/{name}.xml": xml for name, xml in others.items()}}
    )


def runs(*words: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{word_}</w:t></w:r>" for word_ in words) + "</w:p>"


def odf(kind: str, content: str, **others: str) -> bytes:
    body = f"<office:document-content {SPACES}><office:body>{content}</office:body></office:document-content>"
    return packed(
        {"mimetype": kind, "content.xml": body, **{f"{name}.xml": xml for name, xml in others.items()}}
    )


def test_all_that_a_word_document_says_is_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Kund: Åsa Öberg")
    document.add_comment(paragraph.runs, text="ring 070-1234567", author="Karin Ek")
    table = document.add_table(2, 2)
    for cell, value in zip(table._cells, ["Namn", "Pnr", "Anna", "19900101-9802"], strict=True):
        cell.text = value
    document.sections[0].header.paragraphs[0].text = "Huvud anna@exempel.se"
    document.sections[0].footer.paragraphs[0].text = "Fot bo@exempel.se"
    document.core_properties.last_modified_by = "Cilla Berg"
    found = text(saved(document), "brev.docx")
    assert "Kund: Åsa Öberg\n" in found
    assert "Namn \tPnr \t\nAnna \t19900101-9802 \t\n" in found
    for value in ("070-1234567", "Karin Ek", "Huvud anna@exempel.se", "Fot bo@exempel.se", "Cilla Berg"):
        assert value in found


def test_words_of_a_document_are_in_their_paragraph() -> None:
    document = docx.Document()
    for number in range(1, 5):
        document.add_paragraph(f"Stycke {number}")
    assert where(saved(document), "a.docx", "Stycke 3") == {"paragraph": 3}


def test_runs_within_a_number_are_joined() -> None:
    assert "19900101-9802\n" in text(word(runs("1990", "0101-", "9802")), "a.docx")


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb"),
        ("<w:r><w:t>08</w:t><w:noBreakHyphen/><w:t>123</w:t></w:r>", "08-123"),
        ("<w:r><w:t>19</w:t><w:softHyphen/><w:t>90</w:t></w:r>", "1990"),
        ("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r>", "a"),
        ("<w:del><w:r><w:delText>070-1234567</w:delText></w:r></w:del>", "070-1234567"),
        (
            "<w:r><w:instrText>HYPERLINK &quot;mailto:a@b.se&quot;</w:instrText></w:r>",
            'HYPERLINK "mailto:a@b.se"',
        ),
        ("<w:r>\n  <w:t>19</w:t>\n  <w:t>90</w:t>\n</w:r>", "1990"),
        ("<w:r><w:t>19</w:t><w:t>\n  </w:t><w:t>90</w:t></w:r>", "1990"),
    ],
)
def test_marks_between_words_are_what_they_look_like(inside: str, read: str) -> None:
    assert text(word(f"<w:p>{inside}</w:p>"), "a.docx").strip() == read


def test_a_text_box_is_read_once_and_behind_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>070-1234567</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>19900101</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>-9802</w:t></w:r></w:p>"
    )
    assert text(word(body), "a.docx").split() == ["19900101-9802", "070-1234567"]


def test_notes_and_links_of_a_document_are_read() -> None:
    content = word(
        runs("Brev"),
        footnotes=f'<w:footnotes xmlns:w="w"><w:footnote>{runs("Fotnot")}</w:footnote></w:footnotes>',
    )
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        link = '<Relationship Id="r1" Target="mailto:anna@exempel.se" TargetMode="External"/>'
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{link}</Relationships>")
    found = text(file.getvalue(), "a.docx")
    assert "Fotnot" in found
    assert "mailto:anna@exempel.se" in found
    [footnote] = [part for part in parts(file.getvalue(), "a.docx") if b"Fotnot" in part.content]
    assert footnote.inside == ("word/footnotes.xml",)


def test_files_within_a_document_are_read() -> None:
    content = packed(
        {**TYPES, "word/document.xml": "<d/>", "word/embeddings/kunder.csv": "Namn;Telefon\nAnna;070-1\n"}
    )
    [part] = parts(content, "a.docx")
    assert (part.inside, part.content) == (("word/embeddings/kunder.csv",), b"Namn;Telefon\nAnna;070-1\n")


def test_slides_and_their_notes_are_read() -> None:
    def slide(*words: str) -> str:
        texts = "".join(f"<a:r><a:t>{word_}</a:t></a:r>" for word_ in words)
        return f'<p:sld xmlns:p="p" xmlns:a="a"><a:p>{texts}</a:p></p:sld>'

    content = packed(
        {
            **TYPES,
            "ppt/presentation.xml": "<p/>",
            "ppt/slides/slide1.xml": slide("Hej"),
            "ppt/slides/slide12.xml": slide("anna@", "exempel.se"),
            "ppt/notesSlides/notesSlide1.xml": slide("Ring 070-1234567"),
        }
    )
    assert where(content, "a.pptx", "anna@exempel.se") == {"slide": 12, "paragraph": 1}
    assert "Ring 070-1234567" in text(content, "a.pptx")


def test_all_that_an_open_document_says_is_read() -> None:
    content = odf(
        ODT,
        "<office:text><text:h>Kund</text:h>"
        "<text:p>Pnr<text:s text:c='2'/>1990<text:span>0101-</text:span>9802</text:p>\n  "
        "<text:p>a<text:tab/>b<text:line-break/>c <text:a xlink:href='mailto:dan@exempel.se'>Dan</text:a></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Anna</text:p></table:table-cell>"
        "<table:table-cell><text:p>Gatan 1</text:p><text:p>Lund</text:p></table:table-cell>"
        "</table:table-row></table:table>"
        "</office:text>",
        styles=f"<s {SPACES}><style:header><text:p>Huvud anna@exempel.se</text:p></style:header></s>",
        meta=f"<m {SPACES}><meta:initial-creator>Karin Ek</meta:initial-creator><dc:creator>Bo Ek</dc:creator></m>",
    )
    found = text(content, "a.odt")
    assert "Kund\nPnr  19900101-9802\na\tb\nc  mailto:dan@exempel.se Dan\nAnna \tGatan 1 Lund \t\n" in found
    for value in ("Huvud anna@exempel.se", "Karin Ek", "Bo Ek"):
        assert value in found


def test_a_note_within_a_number_is_no_part_of_it() -> None:
    note = "<text:note><text:note-body><text:p>Fotnot</text:p></text:note-body></text:note>"
    content = odf(
        ODT, f"<office:text><text:p>19900101{note}-9802</text:p><text:p>Nästa</text:p></office:text>"
    )
    assert text(content, "a.odt").split() == ["19900101-9802", "Fotnot", "Nästa"]


def test_slides_of_open_document_are_read() -> None:
    box = "<draw:frame><draw:text-box><text:p>anna@exempel.se</text:p></draw:text-box></draw:frame>"
    assert "anna@exempel.se" in text(odf(ODP, f"<draw:page>{box}</draw:page>"), "a.odp")


def test_a_document_of_many_megabytes_is_read_in_parts_with_right_paragraphs() -> None:
    body = "".join(runs(f"Stycke {number} " + "ord " * 100) for number in range(6000))
    content = word(body)
    assert len(parts(content, "a.docx")) > 1
    assert where(content, "a.docx", "Stycke 5999 ") == {"paragraph": 6000}


def test_a_paragraph_without_end_is_cut_between_words() -> None:
    body = runs(*(f"{number:09d} " for number in range(300_000)))
    found = parts(word(body), "a.docx")
    assert len(found) > 1
    assert b"".join(part.content for part in found).split() == [b"%09d" % number for number in range(300_000)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (odf(ODT, "<x/>").replace(b"content.xml", b"content.xm_"), "damaged"),
        (
            packed({"mimetype": ODT, "content.xml": "<a/>", "META-INF/manifest.xml": "<encryption-data/>"}),
            "encrypted",
        ),
        (word("<w:p>"), "damaged"),
        (packed({**TYPES, "word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "damaged"),
        (packed({**TYPES, "word/document.xml": '<?xml version="1.0" encoding="utf-7"?><x/>'}), "damaged"),
        (
            packed({**TYPES, "word/document.xml": '<?xml version="1.0" encoding="koi8-r"?><x>\xc1</x>'}),
            "damaged",
        ),
        (word("<w:p/>")[:-40], "damaged"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, reason: str) -> None:
    assert reasons(content, "a.docx") == [reason]


def test_what_comes_before_a_damaged_part_is_still_read() -> None:
    content = packed(
        {**TYPES, "word/document.xml": f"<w:d>{runs('Anna')}</w:d>", "word/footer1.xml": "<a><b></a>"}
    )
    [part], not_read = read_and_not(content, "a.docx")
    assert "Anna" in part.content.decode()
    assert not_read == [NotScanned(("word/footer1.xml",), "damaged")]


def test_what_comes_before_and_after_damage_is_read() -> None:
    document = f"<w:d>{runs('Anna')}<w:p></w:d>"
    content = packed({**TYPES, "word/document.xml": document, "word/footer1.xml": f"<w:f>{runs('Bo')}</w:f>"})
    found, not_read = read_and_not(content, "a.docx")
    assert b"".join(part.content for part in found).split() == [b"Anna", b"Bo"]
    assert [one.reason for one in not_read] == ["damaged"]


def test_a_part_that_unpacks_to_far_more_than_its_size_is_refused() -> None:
    content = word(runs("a" * 3_000_000))
    assert reasons(content, "a.docx", Limits(ratio_from_bytes=1 << 20)) == ["too-large"]
    assert reasons(content, "a.docx") == []


def test_a_part_that_lies_about_its_size_is_measured() -> None:
    content = word(runs("a" * 3_000_000))
    honest = (
        len(b"<w:document") and zipfile.ZipFile(io.BytesIO(content)).getinfo("word/document.xml").file_size
    )
    lying = content.replace(honest.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != content
    assert reasons(lying, "a.docx", Limits(ratio_from_bytes=1 << 20)) in (["too-large"], ["damaged"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_another_of_its_name_hides_is_said() -> None:
    file = io.BytesIO(word(runs("Anna")))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert reasons(file.getvalue(), "a.docx") == ["damaged"]


def test_encrypted_entries_are_said() -> None:
    content = bytearray(word(runs("Anna")))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(mark, at + 4)
    assert reasons(bytes(content), "a.docx") == ["encrypted"]
