"""Five of the six lists, as firms keep them; each gives its bytes and what must become of every line."""

import codecs

from tryggve.domains.customers.tests.files.ledger import TextList
from tryggve.domains.customers.tests.files.people import false_personal_number, person

_ROWS = 300


def ugly_swedish() -> TextList:
    """A list with titles, empty lines, quoted line breaks, a repeated row of headings and a sum."""
    made = TextList(delimiter=";")
    made.passed_over("Kundregister Exempelbygg AB", "", "", reason="title")
    made.passed_over("utskrivet 2026-03-02", reason="title")
    made.passed_over(reason="empty")
    headings: tuple[str, ...] = (
        "KUNDNAMN",
        "Förnamn ",
        "efternamn",
        "Företag",
        "E-POST",
        "Mobilnr",
        "Telefon (hem)",
    )
    headings += ("Gatuadress", "c/o", "Postnr", "ORT", "Personnummer", "Övrigt", "Kundgrupp", "Senast köpt")
    made.headings(*headings, kept=("Personnummer", "Senast köpt"))
    for number in range(_ROWS):
        made.customer(*_ugly_cells(number))
        if number % 75 == 40:
            made.passed_over(*[""] * len(headings), reason="empty")
        if number == 150:
            made.passed_over(*headings, reason="title")
    made.passed_over("SUMMA", "", "", "", "", "", "", "", "", "", "", "", "", "", "300", reason="total")
    made.passed_over(reason="empty")
    return made


def _ugly_cells(number: int) -> tuple[str, ...]:
    someone = person(number)
    whole, parts = (
        (someone.name.upper(), ("", "")) if number % 3 == 0 else ("", (someone.given, someone.family))
    )
    firm = f"Exempelfirma {number} AB" if number % 10 == 4 else ""
    email = someone.email if number % 4 else f"{someone.email.upper()} ; privat{number}@example.com"
    home = person(number).international_phone if number % 5 == 0 else ""
    note = f'Ring före tolv; hund.\n"Farlig" enligt grannen, rum {number}' if number % 6 == 0 else ""
    return (
        f"  {whole}" if whole else "",
        *parts,
        firm,
        email,
        someone.phone,
        home,
        someone.street,
        "Svensson" if number % 50 == 7 else "",
        someone.postcode,
        someone.city,
        false_personal_number(number),
        note,
        "VIP, Småland" if number % 7 == 0 else "",
        "2025-11-30" if number % 2 else "",
    )


def utf16_danish() -> TextList:
    """What a spreadsheet calls Unicode text: UTF-16 with tabs."""
    made = TextList(delimiter="\t")
    made.headings("Navn", "Virksomhed", "E-mail", "Tlf.", "Adresse", "Postnr. og by", "Land", "Bemærkninger")
    for number in range(_ROWS):
        someone = person(number, "example.dk")
        firm = f"Eksempel {number} ApS" if number % 8 == 0 else ""
        name = "" if number % 16 == 0 else someone.name
        place = f"{8000 + number} Århus"
        remark = 'Kalder sig "Smørkongen"' if number % 9 == 0 else ""
        phone = someone.international_phone
        made.customer(name, firm, someone.email, phone, someone.street, place, "Danmark", remark)
    made.passed_over("I alt", "", "", str(_ROWS), reason="total")
    return made


def windows_1252_norwegian() -> TextList:
    """An export with Excel's own first line, in the encoding of an old Windows."""
    made = TextList(delimiter=";", newline="\n", first_line=2)
    headings = (
        "Fornavn",
        "Etternavn",
        "Bedrift",
        "E-postadresse",
        "Mobil",
        "Gateadresse",
        "Postnummer",
        "Poststed",
    )
    made.headings(*headings, "Merknad", "Kundenummer", kept=("Kundenummer",))
    for number in range(_ROWS):
        someone = person(number, "example.com")
        firm = "Eksempel & Sønner AS" if number % 20 == 3 else ""
        phone = someone.international_phone.replace(" ", "")
        place = ("0150", "Oslo") if number % 2 else ("5003", "Bergen")
        remark = f"Betaler {number} € – «alltid» i tide…" if number % 11 == 0 else ""
        cells = (someone.given, someone.family, firm, someone.email, phone, someone.street, *place, remark)
        made.customer(*cells, f"K-{number}")
    return made


def doubles() -> TextList:
    """A list where people come twice, share a telephone or an e-mail, or only seem to be the same."""
    made = TextList(delimiter=",", newline="\n")
    made.headings("Name", "Company", "E-mail", "Phone", "Street", "ZIP", "City", "Tags", "Notes")
    for number in range(260):
        someone = person(number, "example.com")
        place = (someone.street, someone.postcode, someone.city)
        first = made.customer(someone.name, "", someone.email, someone.phone, *place, "", "")
        _repeat(made, number, first)
    return made


def _repeat(made: TextList, number: int, first: int) -> None:
    someone = person(number, "example.com")
    other = person(number + 130 if number < 130 else 399, "example.com")
    plain = someone.international_phone.replace(" ", "").replace("-", "")
    same, mail, phone = "same_person", "same_email", "same_phone"
    match number % 26:
        case 1:
            again = _line(someone.name, phone=someone.phone)
            made.double(*again, of=first, why=same, fate="unchanged")
        case 4:
            turned = _line(f"{someone.family}, {someone.given}", email=someone.email.upper(), phone=plain)
            made.double(*turned, of=first, why=same, fate="unchanged")
        case 7:
            richer = _line(someone.name, phone=plain, tags="VIP", notes="Met in May")
            made.double(*richer, of=first, why=same, fate="updated")
        case 10:
            couple = _line(f"Partner {other.family}", email=someone.email)
            made.double(*couple, of=first, why=mail, fate="created")
        case 13:
            lodger = _line(f"Lodger {other.family}", phone=someone.phone)
            made.double(*lodger, of=first, why=phone, fate="created")
        case 16:
            made.customer(*_line(someone.name, email=f"namesake{number}@example.com"))
        case _:
            pass


def _line(name: str, *, email: str = "", phone: str = "", tags: str = "", notes: str = "") -> tuple[str, ...]:
    return (name, "", email, phone, "", "", "", tags, notes)


def ten_faults() -> tuple[TextList, bytes]:
    """Three hundred good rows, and ten that must be set aside, each for a reason of its own as far as there are."""
    made = TextList(delimiter=";", newline="\n")
    made.headings("Namn", "E-post", "Telefon", "Adress", "Postnr", "Ort", "Anteckning")
    faults = _faults()
    for number in range(_ROWS):
        someone = person(number)
        made.customer(
            someone.name, someone.email, someone.phone, someone.street, someone.postcode, someone.city, ""
        )
        if number % 30 == 15:
            cells, column, reason = faults.pop(0)
            made.faulty(*cells, column=column, reason=reason)
    # A byte that begins no letter in UTF-8, as a bad copy leaves it.
    return made, made.encoded("utf-8").replace(b"Br\xc3\xb6dfel", b"Br\xf6dfel")


def _faults() -> list[tuple[tuple[str, ...], str | None, str]]:
    return [
        (("Fel Adress", "fel.adress.example.se", "", "", "", "", ""), "E-post", "bad_email"),
        (("Två Snabel", "a@b@example.se", "", "", "", "", ""), "E-post", "bad_email"),
        (("Kort Nummer", "kort@example.se", "0701", "", "", "", ""), "Telefon", "bad_phone"),
        (
            ("Öppet Citat", "citat@example.se", "", "", "", "", "sa\nUppslukad;b@example.se;;;;;"),
            "Anteckning",
            "unclosed_quote",
        ),
        (("L" * 201, "lang@example.se", "", "", "", "", ""), "Namn", "too_long"),
        (("Lång Anteckning", "roman@example.se", "", "", "", "", "ord " * 5001), "Anteckning", "too_long"),
        (("Styr\x07tecken", "pling@example.se", "", "", "", "", ""), "Namn", "control_characters"),
        (("Brödfel", "brod@example.se", "", "", "", "", ""), "Namn", "bad_characters"),
        (("För Många", "bred@example.se", "", "", "", "", "", "vems?"), None, "too_many_cells"),
        (("", "", "", "Storgatan 1", "111 22", "Stockholm", "ingen bor här"), None, "nobody"),
    ]


def texts() -> dict[str, tuple[bytes, TextList]]:
    """The text files by name: bytes, and the list they were made from."""
    ugly, danish, norwegian, twice = ugly_swedish(), utf16_danish(), windows_1252_norwegian(), doubles()
    faulty, faulty_bytes = ten_faults()
    return {
        "ugly-swedish.csv": (ugly.encoded("utf-8-sig"), ugly),
        "utf-16-danish.csv": (codecs.BOM_UTF16_LE + danish.encoded("utf-16-le"), danish),
        "windows-1252-norwegian.csv": (b"sep=;\n" + norwegian.encoded("cp1252"), norwegian),
        "doubles.csv": (twice.encoded("utf-8"), twice),
        "ten-faults.csv": (faulty_bytes, faulty),
    }
