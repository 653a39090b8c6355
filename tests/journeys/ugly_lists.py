"""Four lists as small firms have them after fifteen years, 300 customers and more each; the same at each call."""

import base64
import quopri
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from playwright.sync_api import FilePayload

from tryggve.domains.customers.engine.files import ole_parts
from tryggve.domains.customers.tests.engine.ods_files import ods
from tryggve.domains.customers.tests.engine.xls_files import Error, Formula, XlsSheet, book
from tryggve.domains.customers.tests.files import people
from tryggve.domains.customers.tests.files.people import Invented

EACH = 310
BROKEN_EMAIL, MENDED_EMAIL = "hillevi@@example.se", "hillevi@example.se"
_NAMES = 400
_SECOND_NAMES = ("", "-Holm", "-Berg", "-Strand")
_ONE_IN_WITH_TELEPHONE = 4
_PERSONAL_NUMBERS = {40: "640823-3234"}
_CELLS = list[object]
_CHARSETS = ("ISO-8859-1", "UTF-8", "windows-1252")
_PHOTO = base64.encodebytes(bytes(range(256)) * 4).decode().replace("\n", "\r\n  ")


@dataclass(frozen=True)
class UglyList:
    """A list, somebody on it, and what a person does with it.

    ``read`` and ``decided`` are how many are new, updated, unchanged, set aside and passed over, before and after one
    row is mended and ``verdicts`` are given, by the name in the row; ``columns`` are set by hand.
    """

    name: str
    content: bytes
    somebody: Invented
    read: Sequence[int]
    decided: Sequence[int]
    verdicts: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def payload(self) -> FilePayload:
        return FilePayload(name=self.name, mimeType="application/octet-stream", buffer=self.content)


def customer(number: int) -> Invented:
    """Up to 1,600 of them, each with a name, an e-mail and an address of their own; one in four with a telephone."""
    base = people.person(number % _NAMES)
    return replace(
        base,
        family=base.family + _SECOND_NAMES[number // _NAMES],
        email=f"kund{number:04d}@example.se",
        phone=people.person(number // 4).phone if number % _ONE_IN_WITH_TELEPHONE == 0 else "",
        street=f"{base.street.rpartition(' ')[0]} {number + 1}",
    )


def old_workbook() -> UglyList:
    """A printed XLS: titles, headings on each page, numbers without their zeros, a total, names the wrong way round."""
    first = 0
    headings = ["Kundnr", "Efternamn, Förnamn", "Personnr", "Tfn", "E-postadress", "Gatuadress", "Postnr", "Ort",
                "Kund sedan", "Kommentar"]  # fmt: skip
    rows: list[_CELLS] = [["Kundregister Annas Snickeri"], ["utskrivet 2011-05-09 08:14"], [], [*headings]]
    rows += [_workbook_row(number) for number in range(first, first + EACH)]
    rows[150:150] = [[], [*headings]]
    rows += [
        # Anna has her already; an e-mail address under another name; one row twice.
        [
            9001,
            "Åkerlund, Cilla",
            "811218-9876",
            "0980-31 92 99",
            "CILLA@example.se",
            None,
            None,
            None,
            None,
            "altan",
        ],
        [9002, "Granqvist, Gun", None, None, customer(first + 3).email],
        _workbook_row(first + 5),
        [9003, "Qvick, Hillevi", None, None, BROKEN_EMAIL],
        [9004, "Qvick, Valdemar", None, Error(), "valdemar@example.se"],
        [9005, None, None, None, None, "Storgatan 1", 11122, "Stockholm"],
        ["Summa", Formula(EACH)],
    ]
    stream = book(XlsSheet(rows, merged=[(0, 0, 0, 9)]))
    return UglyList(
        "Kundregister 2011.xls", ole_parts.ole_file("Workbook", stream), customer(first + 40),
        read=[311, 1, 1, 3, 6], decided=[311, 1, 1, 2, 7], verdicts={"Gun Granqvist": "out"},
    )  # fmt: skip


def _workbook_row(number: int) -> _CELLS:
    one = customer(number)
    since = date(1999, 1, 4) + timedelta(days=number)
    return [number + 1, f"{one.family}, {one.given}", _PERSONAL_NUMBERS.get(number), _as_number(one.phone), one.email,
            one.street, _as_number(one.postcode), one.city.upper(), since,
            "ring före 12" if number % 7 == 0 else None]  # fmt: skip


def sheet() -> UglyList:
    """An ODS: two telephone columns, one of them spoilt, postcode and town in one cell, firms among the people."""
    first = EACH
    headings = ["Förnamn", "Efternamn", "Företag", "Mobil", "Hemtelefon", "Mejl", "Adress", "Postnr och ort",
                "Kategori", "Senast köpt"]  # fmt: skip
    rows: list[_CELLS] = [[], ["Mässan i Älvsjö"], [*headings]]
    rows += [_sheet_row(number) for number in range(first, first + EACH)]
    rows += [_sheet_row(number, "070-174 06 05") for number in range(10)]  # known, with a telephone more
    rows += [
        ["Greta", "Gullmar", None, None, customer(first + 2).phone],
        ["Hillevi", "Qvick", None, None, None, BROKEN_EMAIL],
        ["Valdemar", "Qvick", None, "ingen aning"],
        [None, None, None, None, None, None, "Ängsvägen 2"],
        [*headings],
        ["Summa: 321 st"],
    ]
    return UglyList(
        "Mässan.ods", ods(rows), customer(first + 40),
        read=[311, 10, 0, 3, 4], decided=[310, 10, 2, 2, 4], verdicts={"Greta Gullmar": "same"},
    )  # fmt: skip


def _sheet_row(number: int, home: str = "") -> _CELLS:
    one = customer(number)
    firm = f"{one.family} Bygg AB" if number % 9 == 0 and not home else None
    return [None if firm else one.given, None if firm else one.family, firm, _as_number(one.phone), home or None,
            f" {one.email.upper()} ", one.street, f"{one.postcode}  {one.city}",
            "kök, altan" if number % 5 == 0 else "-", date(2026, 1, 1)]  # fmt: skip


def telephone_book() -> UglyList:
    """A vCard 2.1: three encodings, photos, and the last card cut where the telephone's battery was empty."""
    first = 2 * EACH
    cards = [_old_card(customer(number), number) for number in range(first, first + EACH)]
    cards += [_old_card(customer(number), number, note="Känner hunden") for number in range(EACH, EACH + 10)]
    cards += [
        _old_card(replace(customer(first + 8), given="Gösta", family="Granat"), 1),
        _old_card(replace(customer(first + 9), given="Hillevi", family="Qvick", email=BROKEN_EMAIL), 1),
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Qvick;Valdemar\r\nTEL;CELL:0701",
    ]
    return UglyList(
        "telefonboken.vcf", "".join(cards).encode("ascii"), customer(first + 40),
        read=[312, 9, 0, 2, 0], decided=[311, 10, 0, 1, 1], verdicts={"Gösta Granat": "out"},
    )  # fmt: skip


def _old_card(one: Invented, number: int, note: str = "") -> str:
    charset = _CHARSETS[number % len(_CHARSETS)]
    lines = [
        _property("N", [one.family, one.given], charset),
        _property("FN", [one.name], charset),
        f"TEL;CELL;VOICE:{one.phone}",
        f"EMAIL;INTERNET;PREF:{one.email}",
        _property("ADR;HOME", ["", "", one.street, one.city, "", one.postcode, "Sverige"], charset),
    ]
    if note:
        lines.append(_property("NOTE", [note], charset))
    if number % 50 == 0:
        lines.append(f"PHOTO;ENCODING=BASE64;JPEG:\r\n  {_PHOTO}\r\n")
    return "\r\n".join(["BEGIN:VCARD", "VERSION:2.1", *lines, "END:VCARD", ""])


def _property(name: str, parts: Sequence[str], charset: str) -> str:
    quoted = quopri.encodestring(";".join(parts).encode(charset)).decode("ascii").replace("\n", "\r\n")
    return f"{name};CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{quoted}"


def bare_list() -> UglyList:
    """A CSV that nobody wrote headings on, in an old encoding, with a column that says nothing by itself."""
    first = 3 * EACH
    rows = [_bare_row(number) for number in range(first, first + EACH)]
    rows += [_bare_row(number, note="betalar sent") for number in range(2 * EACH, 2 * EACH + 10)]
    rows += [
        ["Gren, Gerd", customer(first + 3).email],
        ["Qvick, Hillevi", BROKEN_EMAIL],
        ["Qvick, Valdemar", "valdemar@"],
        [],
        ["Summa", "322"],
    ]
    text = "\r\n".join(";".join(_in_quotes(cell) for cell in row) for row in rows)
    return UglyList(
        "KUNDER.CSV", text.encode("cp1252"), customer(first + 40),
        read=[311, 0, 10, 2, 2], decided=[311, 10, 1, 1, 2], verdicts={"Gerd Gren": "new"},
        columns={"column_6": "tags", "column_7": "note"},
    )  # fmt: skip


def _bare_row(number: int, note: str = "") -> list[str]:
    one = customer(number)
    return [f"{one.family}, {one.given}", one.email, _as_text(one.phone), one.street, one.postcode, one.city,
            ("A", "B", "C")[number % 3], note]  # fmt: skip


def all_of_them() -> Iterator[UglyList]:
    """The four, in the order in which they are brought in."""
    yield from (old_workbook(), sheet(), telephone_book(), bare_list())


def _as_number(text: str) -> int | None:
    """What a spreadsheet makes of it."""
    digits = "".join(sign for sign in text if sign.isdigit())
    return int(digits) if digits else None


def _as_text(phone: str) -> str:
    """What is left of it when a spreadsheet has written the list."""
    number = _as_number(phone)
    return "" if number is None else str(number)


def _in_quotes(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
