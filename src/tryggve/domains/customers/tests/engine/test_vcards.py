"""Contact cards become rows under headings that are known."""

import io

import pytest

from tryggve.domains.customers.engine.columns.headings import columns_of, find_headings
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.files.vcard_fields import HEADINGS
from tryggve.domains.customers.engine.table import Row, Table
from tryggve.domains.customers.tests.engine.cards import vcf
from tryggve.domains.customers.tests.engine.outcomes import outcome_of

_APPLE = [
    "PRODID:-//Apple Inc.//iOS 17//EN", "N:Öberg;Åsa;;;", "FN:Åsa Öberg", "ORG:Bageriet AB;Sälj;",
    "item1.EMAIL;type=INTERNET;type=WORK:asa@example.se", "item1.X-ABLabel:_$!<Work>!$_",
    "EMAIL;type=HOME;type=pref:asa@home.example.se", "TEL;type=CELL;type=VOICE:070-174 06 05",
    "item2.ADR;type=WORK:;;Storgatan 1\\nlgh 1201;Lund;Skåne;222 22;Sverige", "item2.X-ABADR:se",
    "NOTE:Rad ett\\nRad två\\, komma\\; semikolon", "CATEGORIES:VIP,Lund", "BDAY:1985-04-12", "TITLE:Bagare",
    "item3.URL:https://example.se", "item3.X-ABLabel:_$!<HomePage>!$_", "UID:urn:uuid:0F1E", "REV:2024-01-01T00:00:00Z",
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg", " AAAAAAA",
]  # fmt: skip


def _table(data: bytes) -> Table:
    return read_table(io.BytesIO(data))


def _said(data: bytes, place: int = 1) -> dict[str, str]:
    headings, row = _table(data).rows[0].cells, _table(data).rows[place].cells
    return {heading: cell for heading, cell in zip(headings, row, strict=False) if cell}


def test_card_of_a_telephone_is_a_row() -> None:
    assert _said(vcf(_APPLE)) == {
        "Name": "Åsa Öberg", "Organisation": "Bageriet AB", "Department": "Sälj", "E-mail": "asa@home.example.se",
        "E-mail 2": "asa@example.se", "Phone": "070-174 06 05", "Street": "Storgatan 1, lgh 1201",
        "Postcode": "222 22", "City": "Lund", "Country": "Sverige", "Region": "Skåne",
        "Note": "Rad ett\nRad två, komma; semikolon", "Tags": "VIP, Lund", "Birthday": "1985-04-12",
        "Job title": "Bagare", "Website": "https://example.se (HomePage)", "UID": "urn:uuid:0F1E",
        "Last changed": "2024-01-01T00:00:00Z",
    }  # fmt: skip


def test_table_of_cards_says_what_it_is_and_where_each_begins() -> None:
    table = _table(b"\r\n" + vcf(["FN:Anna"], ["FN:Bo", "TEL:1", "TEL:2"]))
    assert (table.kind, table.delimiter, table.sheet) == ("vcard", "", "")
    assert table.rows == [
        Row(0, ("Name", "Phone", "Phone 2")), Row(2, ("Anna",)), Row(6, ("Bo", "1", "2")),
    ]  # fmt: skip


def test_second_and_third_of_anything_stand_behind_the_first_of_everything() -> None:
    """So that the many cards with little are short rows."""
    data = vcf(
        ["FN:Anna", "NOTE:x"], ["FN:Bo", "EMAIL:a@a.se", "EMAIL:b@a.se", "ADR:;;A 1;;;;", "ADR:;;B 1;;;;"]
    )
    assert _table(data).rows[0].cells == (
        "Name", "E-mail", "Street", "Postcode", "City", "Country", "Note",
        "E-mail 2", "Street 2", "Postcode 2", "City 2", "Country 2",
    )  # fmt: skip


def test_headings_are_those_that_feed_fields_and_the_others_feed_none() -> None:
    fields = {column.heading: column.field for column in columns_of(HEADINGS)}
    assert {heading: field for heading, field in fields.items() if field} == {
        "Name": "name", "First name": "given_name", "Middle name": "middle_name", "Last name": "family_name",
        "Organisation": "organisation", "E-mail": "email", "Phone": "phone", "Street": "street",
        "Postcode": "postcode", "City": "city", "Country": "country", "UID": "uid", "Note": "note", "Tags": "tags",
        "Job title": "job_title",
    }  # fmt: skip
    numbered = columns_of([f"{heading} 2" for heading in HEADINGS])
    assert [column.field for column in numbered] == list(fields.values())


@pytest.mark.parametrize(
    "name", ["NAME", "MEMBER", "SOURCE", "GEO", "IMPP", "RELATED", "X-SKYPE", "X-MOBILE"]
)
def test_property_that_we_have_no_place_for_is_kept_beside(name: str) -> None:
    data = vcf(["FN:Anna", f"x.{name};TYPE=home:något\\, annat", "x.X-ABLabel:Hemma"])
    assert _said(data) == {"Name": "Anna", f"vCard {name}": "något, annat (Hemma)"}
    assert columns_of([f"vCard {name}"])[0].field is None


def test_several_addresses_stay_apart() -> None:
    preferred = "ADR;PREF=1:Box 3;c/o Ek;;Ystad;;271 00;Sverige"
    data = vcf(["FN:Anna", "ADR:;;Storgatan 1;Lund;;222 22;", preferred, "ADR:;;;;;;"])
    assert "Street 3" not in _table(data).rows[0].cells
    [draft] = outcome_of(data).drafts
    assert [(one.street, one.postcode, one.city, one.country) for one in draft.details.addresses] == [
        ("c/o Ek, Box 3", "271 00", "Ystad", "Sverige"), ("Storgatan 1", "222 22", "Lund", ""),
    ]  # fmt: skip


def test_address_on_a_label_only_is_kept_beside() -> None:
    label = "LABEL;QUOTED-PRINTABLE:Storgatan 1=0D=0A222 22 Lund"
    assert _said(vcf(["FN:Anna", label], version="2.1"))["vCard LABEL"] == "Storgatan 1\n222 22 Lund"
    assert "vCard LABEL" not in _said(vcf(["FN:Anna", "ADR:;;Storgatan 1;;;;", label], version="2.1"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["N:Ek;Anna"], {"First name": "Anna", "Last name": "Ek"}),
        (["N:Ek\\\\;Anna\\;B"], {"First name": "Anna;B", "Last name": "Ek\\"}),
        (["N:Ek;Anna;Maria,Lisa;Dr;"], {"First name": "Anna", "Middle name": "Maria Lisa", "Last name": "Ek",
                                         "Name prefix": "Dr"}),
        (["N:Ek;Anna;Maria;;", "FN:Anna Maria Ek"], {"Name": "Anna Maria Ek"}),
        (["N:Ek;Anna;;;", "FN:Mamma"], {"Name": "Mamma", "First name": "Anna", "Last name": "Ek"}),
        (["N:Ek;Anna;;;", "ORG:Anna Ek AB"], {"First name": "Anna", "Last name": "Ek", "Organisation": "Anna Ek AB"}),
        (["FN:Anna", "FN;LANGUAGE=en:Anne"], {"Name": "Anna", "Name 2": "Anne"}),
        (["FN:Firma AB", "ORG:Firma AB"], {"Organisation": "Firma AB"}),
        (["N:Firma AB;;;;", "ORG:Firma AB"], {"Organisation": "Firma AB"}),
        (["N:;;;;", "FN:Firma AB", "ORG:Firma AB", "X-ABShowAs:COMPANY"], {"Organisation": "Firma AB"}),
        (["N:Ek;Anna;;;", "FN:Firma AB", "ORG:Firma AB", "X-ABShowAs:COMPANY"],
         {"First name": "Anna", "Last name": "Ek", "Organisation": "Firma AB"}),
        (["KIND:org", "FN:Firman", "ORG:Firma AB"], {"Organisation": "Firman", "Organisation 2": "Firma AB"}),
        (["KIND:org", "N:Firman;;;;"], {"Organisation": "Firman"}),
        (["KIND:individual", "FN:Anna"], {"Name": "Anna"}),
        (["FN:", "EMAIL:a@example.se"], {"E-mail": "a@example.se"}),
        (["FN:a@example.se", "EMAIL:a@example.se"], {"E-mail": "a@example.se"}),
        (["FN:070-1", "ORG:A", "TEL;VALUE=uri:tel:070-1"], {"Organisation": "A", "Phone": "070-1"}),
        (["FN:", "ORG:", "EMAIL:a@example.se"], {"E-mail": "a@example.se"}),
    ],
)  # fmt: skip
def test_persons_and_organisations_have_their_names(lines: list[str], said: dict[str, str]) -> None:
    assert _said(vcf(lines, version="4.0")) == said


def test_card_of_an_organisation_becomes_one() -> None:
    [draft] = outcome_of(vcf(["KIND:org", "FN:Firma AB", "TEL:0701740605"], version="4.0")).drafts
    assert (draft.details.kind, draft.details.title) == ("organisation", "Firma AB")


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        ("TEL;VALUE=uri;TYPE=\"voice,home\":tel:+46-8-123-456;ext=5", "Phone", "+46-8-123-456 ext. 5"),
        ("TEL;VALUE=uri:tel:+46%2070", "Phone", "+46 70"),
        ("TEL;FAX;WORK:08-123", "Fax", "08-123"),
        ("TEL;TYPE=\"work,fax\":08-123", "Fax", "08-123"),
        ("EMAIL;VALUE=uri:MAILTO:anna%40example.se", "E-mail", "anna@example.se"),
        ("UID:https://example.se/abc", "UID", "https://example.se/abc"),
        ("BDAY:19850412", "Birthday", "1985-04-12"),
        ("BDAY;VALUE=DATE-TIME:1985-04-12T00:00:00Z", "Birthday", "1985-04-12"),
        ("BDAY:--0412", "Birthday", "--0412"),
        ("CATEGORIES:VIP\\, stor,Lund", "Tags", "VIP, stor, Lund"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Nisse;;;", "vCard X-ANDROID-CUSTOM",
         "vnd.android.cursor.item/nickname;Nisse"),
    ],
)  # fmt: skip
def test_value_becomes_what_a_person_would_write(line: str, heading: str, text: str) -> None:
    assert _said(vcf(["FN:Anna", line], version="4.0")) == {"Name": "Anna", heading: text}


def test_notes_and_tags_of_several_lines_are_one() -> None:
    said = _said(vcf(["FN:Anna", "NOTE:ett", "NOTE:två", "CATEGORIES:a", "CATEGORIES:b,c"]))
    assert (said["Note"], said["Tags"]) == ("ett\n\ntvå", "a, b, c")


def test_preferred_come_first_in_their_order() -> None:
    lines = ["TEL:1", "TEL;PREF=50:2", "TEL;PREF=1:3", "TEL;TYPE=pref:4", "TEL;PREF=x:5"]
    said = _said(vcf(["FN:A", *lines]))
    assert [said[heading] for heading in said if heading != "Name"] == ["3", "4", "2", "1", "5"]


def test_pictures_sounds_and_keys_are_left_out() -> None:
    left_out = ["LOGO;VALUE=uri:data:image/png;base64,AAAA", "SOUND:x", "KEY;ENCODING=b:AAAA", "X-PIC:data:image/png,A",
                "item1.PHOTO:https://example.se/a.jpg", "X-OTHER;ENCODING=BASE64:AAAAAAAA"]  # fmt: skip
    assert _said(vcf(["FN:Anna", *left_out])) == {"Name": "Anna"}


def test_cards_go_through_the_import_like_any_list() -> None:
    outcome = outcome_of(vcf(_APPLE, ["FN:Bo", "EMAIL:inte en adress"], ["KIND:group", "FN:Familjen"], []))
    assert outcome.created == [1]
    assert outcome.set_aside == [
        {"line": 24, "column": "E-mail", "reason": "bad_email"},
        {"line": 29, "column": None, "reason": "group"},
    ]
    assert outcome.skipped == [{"line": 34, "reason": "empty"}]
    again = outcome_of(vcf(_APPLE), outcome.known.items())
    assert (again.created, again.updated, again.unchanged) == ([], [], [1])


def test_card_of_a_telephone_becomes_a_customer_with_all_that_it_says() -> None:
    [draft] = outcome_of(vcf(_APPLE)).drafts
    assert draft.details == Details(
        name="Åsa Öberg",
        organisation="Bageriet AB",
        job_title="Bagare",
        emails=("asa@home.example.se", "asa@example.se"),
        phones=("070-174 06 05",),
        addresses=(Address("Storgatan 1, lgh 1201", "222 22", "Lund", "Sverige"),),
        note="Rad ett\nRad två, komma; semikolon",
        tags=("VIP", "Lund"),
        uids=("urn:uuid:0F1E",),
    )


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
def test_card_of_the_same_uid_is_the_same_customer_whatever_else_was_changed(version: str) -> None:
    first = outcome_of(vcf(["FN:Anna Ek", "EMAIL:anna@example.se", "UID:0F1E"], version=version))
    moved = vcf(["FN:Anna Berg", "EMAIL:berg@example.se", "UID:0F1E"], version=version)
    again = outcome_of(moved, first.known.items())
    assert (again.created, again.updated, len(again.known)) == ([], [1], 1)
    stranger = outcome_of(moved.replace(b"0F1E", b"0F1F"), first.known.items())
    assert (stranger.created, stranger.updated) == ([1], [])


def test_headings_are_found_even_for_cards_of_one_column() -> None:
    assert find_headings(_table(vcf(["FN:Anna"], ["FN:Bo"])).rows).line == 0
