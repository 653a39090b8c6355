import pytest

from tryggve.domains.customers.engine.columns import heading_words
from tryggve.domains.customers.engine.columns.heading_meaning import (
    field_of,
    is_identity_number,
    joined_words,
)
from tryggve.domains.customers.engine.columns.headings import columns_of, find_headings, known_words
from tryggve.domains.customers.engine.table import Row, UnreadableFile


def _rows(*rows: tuple[str, ...]) -> list[Row]:
    return [Row(line, cells) for line, cells in enumerate(rows, start=1)]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("KUNDNAMN", "name"),
        ("Navn:", "name"),
        ("First name", "given_name"),
        ("Förnamn ", "given_name"),
        ("ETTERNAVN", "family_name"),
        ("Surname", "family_name"),
        ("Bedrift", "organisation"),
        ("Företagsnamn", "organisation"),
        ("Company", "organisation"),
        ("E-post", "email"),
        ("epost 2", "email"),
        ("E-mailadresse", "email"),
        ("Kundens e-post (privat)", "email"),
        ("E-mail 1 - Value", "email"),
        ("Tlf.", "phone"),
        ("Mobil nr", "phone"),
        ("Telefon (hem)", "phone"),
        ("Cell Phone", "phone"),
        ("Fakturaadress", "street"),
        ("Faktura-adress", "street"),
        ("Adress 2", "street"),
        ("C/O", "care_of"),
        ("Post nr", "postcode"),
        ("ZIP/Postal code", "postcode"),
        ("Postnr. og by", "postcode_city"),
        ("Poststed", "city"),
        ("By", "city"),
        ("Country", "country"),
        ("Bemærkninger", "note"),
        ("Övrigt", "note"),
        ("Merknad", "note"),
        ("Kundgrupp", "tags"),
        ("Källa", "source"),
        ("Kundetype", "kind"),
        ("Mellannamn", "middle_name"),
        ("Befattning", "job_title"),
        ("Husnr.", "house_number"),
        ("UID 2", "uid"),
        ("Landskod", "country"),
        ("Efternamn, förnamn", "name"),
        ("Sähköpostiosoite", "email"),
        ("Postitoimipaikka", "city"),
        ("Faktureringsort", "city"),
        ("Leveringspostnummer", "postcode"),
        ("Fakturaadress: postnr", "postcode"),
        ("Besöksadress (land)", "country"),
        ("Kundepost", "email"),
        ("Kundtyp", "kind"),
        ("Person - Email - Work", "email"),
        ("Organization - Address", "street"),
        ("City of address", "city"),
        ("Address 1 - Formatted", None),
        ("Address 1 - Region", None),
        ("IP-adress", None),
        ("Adresstyp", None),
        ("Hemsida", None),
        ("Privatperson", None),
        ("Fax, arbete", None),
        ("Kundnamn 2", "name"),
        ("Telefon " * 100, None),
        ("Kundnummer", None),
        ("Personnummer", None),
        ("Född", None),
        ("", None),
        ("2", None),
        ("nr", None),
    ],
)
def test_heading_names_its_field(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize("language", heading_words.LANGUAGES)
def test_every_language_has_words_for_every_field(language: str) -> None:
    everything = set(heading_words.Field.__args__)  # type: ignore[attr-defined]
    assert set(heading_words.LANGUAGES[language]) == everything


def test_no_heading_means_two_fields() -> None:
    """But for «Land» and the like, the same word never means one thing in one language, another in the next."""
    meanings: dict[str, set[str]] = {}
    for language in heading_words.LANGUAGES.values():
        for field, phrases in language.items():
            for phrase in phrases.split(","):
                meanings.setdefault(phrase.strip().lower(), set()).add(field)
    assert {phrase: fields for phrase, fields in meanings.items() if len(fields) > 1} == {}


@pytest.mark.parametrize(
    "heading",
    [
        "Personnummer", "CPR-nr.", "Fødselsnr", "Org.nr", "Orgnr", "Henkilötunnus", "SSN", "CVR", "Org/personnummer",
        "Kundens personnummer", "Person - Personnummer",
        "Personnummer (10 siffror)", "Personnummer ÅÅMMDD-XXXX", "Personnummer kontaktperson", "Personnummer 2",
        "Org.nr/pers.nr", "Personnr/Orgnr", "CPR/CVR", "Fødselsnr (11 siffer)", "Medlemsnr (personnr)",
        "Kunderens CPR nr.", "Owner's personnummer", "Henkilötunnus 1", "Tax number", "Orgnr 2", "Hetu (PPKKVV-XXXX)",
        "Barnets CPR", "Personnummerkontroll",
    ],
)  # fmt: skip
def test_identity_number_is_recognised_and_feeds_no_field(heading: str) -> None:
    assert (is_identity_number(heading), field_of(heading)) == (True, None)


@pytest.mark.parametrize(
    "heading",
    [
        "Person - ID",
        "Kundnummer",
        "Record ID - Contact",
        "",
        "Personnummer " * 100,
        "Kunden har just nu bytt personnummer",
        "Mapp/pärm",
        "Cprint",
        "Telefon (2 nummer)",
    ],
)
def test_number_that_a_program_counts_by_is_no_identity_number(heading: str) -> None:
    assert not is_identity_number(heading)


def test_no_phrase_is_empty() -> None:
    """A comma too many would make a field of every heading without words."""
    for language in heading_words.LANGUAGES.values():
        assert not any("" in joined_words(phrases) for phrases in language.values())
    assert "" not in joined_words(heading_words.IDENTITY_NUMBERS) | joined_words(heading_words.DATES)


def test_headings_are_found_below_titles() -> None:
    rows = _rows(
        ("Kunder våren 2026",),
        (),
        ("Kund", "för", "utskick"),
        ("Namn", "E-post", "Ort"),
        ("Anna", "a@example.se"),
    )
    found = find_headings(rows)
    assert (found.place, found.line, [column.field for column in found.columns]) == (
        3,
        4,
        ["name", "email", "city"],
    )


def test_row_that_holds_data_is_no_heading() -> None:
    assert known_words(("By", "Stad", "a@example.se")) == known_words(("Land", "Ort", "0701740605")) == 0
    assert known_words(("Land", "Ort", "ord " * 21)) == 0
    assert known_words(("Land", "Ort", "2026")) == 2


def test_one_known_heading_is_enough_beside_others() -> None:
    found = find_headings(_rows(("Medlem sedan", "E-post", "Nivå"), ("2020", "a@example.se", "guld")))
    assert [column.heading for column in found.unmatched] == ["Medlem sedan", "Nivå"]


def test_single_column_needs_no_neighbours() -> None:
    assert find_headings(_rows(("E-post",), ("a@example.se",))).place == 0


def test_title_that_is_a_heading_word_is_passed_over() -> None:
    assert find_headings(_rows(("Kontakt",), ("E-post", "Nivå"), ("a@example.se", "1"))).place == 1


@pytest.mark.parametrize(
    "rows",
    [
        [("Bygg AB", "Företag", "Lund"), ("Cilla", "Företag", "Kivik")],
        [("Bygg AB", "Företag", "Lund"), ("Cilla", "Person", "Kivik")],
        [("Anna", "a@example.se", "Lund"), ("Bo", "Företag", "Kivik")],
    ],
)
def test_word_among_customers_is_no_heading(rows: list[tuple[str, ...]]) -> None:
    with pytest.raises(UnreadableFile):
        find_headings(_rows(*rows))


def test_same_headings_again_are_headings_all_the_same() -> None:
    headings = ("Medlem sedan", "E-post", "Nivå")
    found = find_headings(
        _rows(headings, ("2020", "a@example.se", "guld"), headings, ("2021", "b@example.se", "brons"))
    )
    assert found.place == 0


@pytest.mark.parametrize("asked", [("Frågor: 08-465 004 00",), ("Frågor:", "08-465 004 00")])
def test_headings_stay_below_a_line_about_whom_to_ask(asked: tuple[str, ...]) -> None:
    rows = _rows(asked, ("Medlem sedan", "E-post", "Nivå"), ("2020", "a@example.se", "guld"))
    assert find_headings(rows).place == 1


def test_list_without_headings_is_refused() -> None:
    with pytest.raises(UnreadableFile) as refused:
        find_headings(_rows(("Anna Svensson", "a@example.se"), ("Bo Ek", "b@example.se")))
    assert refused.value.code == "no_headings"


def test_title_alone_is_no_row_of_headings() -> None:
    with pytest.raises(UnreadableFile):
        find_headings(_rows(("Kontakt",), ("Anna Svensson", "a@example.se")))


def test_headings_below_the_searched_rows_are_not_found() -> None:
    with pytest.raises(UnreadableFile):
        find_headings(_rows(*[("titel", "rad")] * 40, ("Namn", "Ort")))


def test_same_heading_again_is_kept_apart() -> None:
    columns = columns_of(("E-post", "E-post", "Namn", "Namn", "", "Nivå", "Nivå"))
    assert [(column.heading, column.field) for column in columns] == [
        ("E-post", "email"),
        ("E-post (2)", "email"),
        ("Namn", "name"),
        ("Namn (2)", None),
        ("#5", None),
        ("Nivå", None),
        ("Nivå (2)", None),
    ]


def test_heading_is_shown_without_what_a_terminal_would_obey() -> None:
    columns = columns_of(("Ni\x1b[2Jvå", "\u202eE-post\u202c", "Te\x9blefon\x07", "A\ud800\x00", "\x1b"))
    assert [(column.heading, column.field) for column in columns] == [
        ("Ni[2Jvå", None), ("E-post", "email"), ("Telefon", "phone"), ("A", None), ("#5", None),
    ]  # fmt: skip


def test_numbered_heading_never_takes_the_name_of_another() -> None:
    columns = columns_of(("Nivå", "Nivå (2)", "Nivå", "#5", ""))
    assert len({column.heading for column in columns}) == 5


def test_second_address_is_a_group_of_its_own() -> None:
    columns = columns_of(
        ("Adress", "Adress 2", "Postnr", "Ort", "Leverans-adress", "Leverans postnr", "Leverans ort")
    )
    assert [column.group for column in columns] == [0, 0, 0, 0, 1, 1, 1]
