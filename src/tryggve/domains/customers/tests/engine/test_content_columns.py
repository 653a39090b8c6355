"""Lists without a row of headings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.drafts import Draft
from tryggve.domains.customers.engine.table import UnreadableFile
from tryggve.domains.customers.tests.engine.outcomes import outcome_of
from tryggve.domains.customers.tests.engine.understanding import customers, fates, fields, read

_SWEDISH = """Anna Svensson;anna@example.se;701740605;Storgatan 1;22222;Lund;1985-02-03;800101-9804
Bo Ek;bo@example.se;08-465 004 00;Ängen 3;27735;Kivik;45000;750615-9800
Cilla von Berg;cilla@example.se;070-174 06 07;Box 12;22222;Lund;1990-12-31;
Dan Lund;dan@example.se;saknas;Kyrkogränd 4 B;22220;Lund;-;010203-9807
"""


def test_columns_are_recognised_from_what_stands_in_them() -> None:
    understood = read(_SWEDISH)
    assert fields(understood) == ["name", "email", "phone", "street", "postcode", "city", None, None]
    assert [column.heading for column in understood.columns] == [f"#{place}" for place in range(1, 9)]
    assert customers(understood)[0] == Details(
        name="Anna Svensson",
        emails=("anna@example.se",),
        phones=("0701740605",),
        addresses=(Address("Storgatan 1", "22222", "Lund"),),
    )


def test_first_row_is_a_customer_and_no_heading() -> None:
    assert fates(read(_SWEDISH)) == [
        (1, "Anna Svensson"),
        (2, "Bo Ek"),
        (3, "Cilla von Berg"),
        (4, "Dan Lund"),
    ]


def test_identity_numbers_are_marked_and_dates_are_kept_as_dates() -> None:
    understood = read(_SWEDISH)
    assert [column.index for column in understood.columns if column.is_identity_number] == [7]
    assert [line.extra.get("#7") for _cells, line in understood.lines if isinstance(line, Draft)] == [
        "1985-02-03", "2023-03-15", "1990-12-31", None,
    ]  # fmt: skip


def test_list_without_headings_twice_changes_nothing() -> None:
    first = outcome_of(_SWEDISH.encode())
    again = outcome_of(_SWEDISH.encode(), first.known.items())
    assert (first.created, again.unchanged, again.created, again.updated) == (
        [1, 2, 3, 4],
        [1, 2, 3, 4],
        [],
        [],
    )


_ROW = st.tuples(
    st.sampled_from(["", "Anna Ek", "Ek, Anna", "Berg, Bo", "Bygg AB", "Bo Berg"]),
    st.sampled_from(["", "a@example.se", "b@example.se", "saknas"]),
    st.sampled_from(["", "701740605", "070-174 06 05", "31123456", "08-465 004 00"]),
    st.sampled_from(["", "Storgatan 1", "Ängen 3"]),
    st.sampled_from(["", "222 22", "27735.0"]),
    st.sampled_from(["", "Lund", "Kivik"]),
)


@settings(max_examples=100)
@given(st.lists(_ROW, min_size=1, max_size=12))
def test_any_list_without_headings_twice_changes_nothing(rows: list[tuple[str, ...]]) -> None:
    content = "\n".join(map(";".join, rows)).encode()
    try:
        first = outcome_of(content)
    except UnreadableFile:
        return
    again = outcome_of(content, first.known.items())
    assert (again.created, again.updated, again.known) == ([], [], first.known)
    assert again.set_aside == first.set_aside


def test_danish_list_with_customer_numbers_that_look_like_postcodes() -> None:
    understood = read(
        "1001,Anna,Hansen,20 12 34 56,Nørregade 1,8000,Aarhus C,25052943\n"
        "1003,Bo,Lund,86123456,Søndergade 2,1165,København K,10103940\n"
        "1002,Cilla,Jensen,40123456,Vestergade 3,8000,Aarhus C,\n",
        "DK",
    )
    expected = [None, "given_name", "family_name", "phone", "street", "postcode", "city", None]
    assert fields(understood) == expected
    assert [column.index for column in understood.columns if column.is_identity_number] == [7]


def test_family_names_are_known_by_their_endings() -> None:
    understood = read("Hansen;Anna;20 12 34 56\nLund;Bo;86 12 34 56\nJensen;Cilla;40 12 34 56\n", "DK")
    assert fields(understood) == ["family_name", "given_name", "phone"]


@pytest.mark.parametrize(
    "numbers", [("8001019804", "7506159800"), ("198001019804", "800101-9812"), ("0102039807", "0102039815")]
)
def test_identity_numbers_never_become_telephone_numbers(numbers: tuple[str, str]) -> None:
    understood = read(f"Anna Ek;{numbers[0]}\nBo Ek;{numbers[1]}\n")
    assert fields(understood) == ["name", None]
    assert understood.columns[1].is_identity_number


def test_some_identity_numbers_are_enough_to_keep_a_column_from_becoming_one_of_telephones() -> None:
    rows = ["Anna Ek;800101-9804", *[f"Bo Ek;070-174 06 0{digit}" for digit in range(4)]]
    understood = read("\n".join(rows))
    assert (fields(understood), understood.columns[1].is_identity_number) == (["name", None], True)


def test_telephone_numbers_that_happen_to_fit_a_rule_are_telephone_numbers() -> None:
    assert fields(read("Anna Ek;25052943\nBo Ek;20123457\nCilla Ek;20110007\n", "DK")) == ["name", "phone"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@example.se\nb@example.se\n", ["email"]),
        ("Anna Ek\nBo Berg\n", ["name"]),
        ("070-174 06 05\n070-174 06 06\n", ["phone"]),
        ("Anna Ek;222 22 Lund\nBo Ek;277 35 Kivik\n", ["name", "postcode_city"]),
        ("Anna Ek;Lund;22222\nBo Ek;Lund;22220\n", ["name", "city", "postcode"]),
        ("Anna Ek;Sverige\nBo Ek;Norge\n", ["name", "country"]),
        ("Bygg AB;Företag\nAnna Ek;Privat\nBo Ek;Person\n", ["name", "kind"]),
        ("1;Anna Ek\n2;Bo Ek\n", [None, "name"]),
    ],
)
def test_small_lists(text: str, expected: list[str | None]) -> None:
    assert fields(read(text)) == expected


def test_organisations_and_their_people_are_told_apart() -> None:
    understood = read(
        "Bygg AB;info@bygg.example;Anna Ek\nMåleri HB;info@maleri.example;Cilla Berg\n"
        "Ek Snickeri;info@ek.example;Bo Ek\n"
    )
    assert fields(understood) == ["organisation", "email", "name"]
    assert customers(understood)[0] == Details(
        name="Anna Ek", organisation="Bygg AB", emails=("info@bygg.example",)
    )


def test_column_of_people_and_organisations_names_both() -> None:
    """Names that come again and again are somebody's who looks after them."""
    understood = read(
        "Bygg AB;a@example.se;Sara Ek\nCilla Berg;b@example.se;Sara Ek\nDan Lund;c@example.se;Sara Ek\n"
    )
    assert fields(understood) == ["name", "email", None]
    assert [details.kind for details in customers(understood)] == ["organisation", "person", "person"]


def test_email_of_a_salesperson_is_not_the_customers() -> None:
    rows = [f"Anna Ek {'ABCD'[number]}.;sara@firman.example;k{number}@example.se" for number in range(4)]
    assert fields(read("\n".join(rows))) == ["name", None, "email"]


def test_numbers_that_only_count_are_no_postcodes() -> None:
    rows = [f"{22220 + number};Lund;Anna Ek;070-174 06 0{number}" for number in range(4)]
    assert fields(read("\n".join(rows))) == [None, None, "name", "phone"]


def test_town_between_two_numbers_belongs_to_the_first() -> None:
    assert fields(read("Anna Ek;22222;Lund;22222\nBo Ek;22220;Lund;22221\n")) == [
        "name",
        "postcode",
        "city",
        None,
    ]


def test_titles_above_and_sums_below_are_passed_over() -> None:
    titles, rows = (
        ["Våra kunder 2026;;", "utskrivet i mars;;", ";;"],
        ["Anna Ek;070-174 06 05;Lund", "Bo Ek;070-174 06 06;"],
    )
    understood = read("\n".join([*titles, *rows, "Summa;2;"]))
    assert fates(understood) == [
        (1, "title"), (2, "title"), (3, "empty"), (4, "Anna Ek"), (5, "Bo Ek"), (6, "total"),
    ]  # fmt: skip
    assert fields(understood) == ["name", "phone", None]


def test_first_customer_of_whom_only_the_name_is_known_is_no_title() -> None:
    understood = read("Anna Ek;\nBo Ek;070-174 06 06\nCilla Ek;070-174 06 07\n")
    assert fates(understood) == [(1, "Anna Ek"), (2, "Bo Ek"), (3, "Cilla Ek")]


@pytest.mark.parametrize(
    "text", ["1;2026-01-01;rött\n2;2026-01-02;blått\n", "rött\nblått\n", "Storgatan 1\nÄngen 3\n"]
)
def test_list_that_names_and_reaches_nobody_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(text)
    assert refused.value.code == "no_headings"


def test_word_that_is_a_heading_elsewhere_is_no_heading_among_customers() -> None:
    """«Företag», «Person» name columns, and tell of what kind a customer is."""
    understood = read("Bygg AB;Företag;Lund\nCilla Berg;Person;Lund\nSnickeri AB;Företag;Lund\n")
    assert fates(understood) == [(1, "Bygg AB"), (2, "Cilla Berg"), (3, "Snickeri AB")]
    rows = [f"Anna Ek {'ABCDE'[number]};{number}@example.se;Lund" for number in range(5)]
    below = read("\n".join([*rows, "Cilla Berg;Person;Kivik"]))
    assert fates(below)[5] == (6, "bad_email")


def test_headings_in_an_unknown_language_name_the_columns() -> None:
    understood = read(
        "Vollname;Rufnummer;Anschrift\nAnna Ek;070-174 06 05;a@example.se\nBo Ek;070-174 06 06;b@example.se\n"
    )
    assert [(column.heading, column.field) for column in understood.columns] == [
        ("Vollname", "name"), ("Rufnummer", "phone"), ("Anschrift", "email"),
    ]  # fmt: skip
    assert fates(understood) == [(2, "Anna Ek"), (3, "Bo Ek")]


def test_customer_with_words_for_a_telephone_number_is_no_heading() -> None:
    rows = ["Anna Ek;bara kvällar", *[f"Bo Ek {letter};070-174 06 05" for letter in "ABCD"]]
    assert fates(read("\n".join(rows)))[0] == (1, "bad_phone")


_CERTAIN = """Kund;Nås på;Säljare;Märkt
Anna;a@example.se;sara@firman.example;800101-9804
Bo;b@example.se;sara@firman.example;750615-9800
Cilla;c@example.se;sara@firman.example;010203-9807
"""


def test_column_with_an_unknown_heading_is_recognised_where_its_content_is_certain() -> None:
    understood = read(_CERTAIN)
    assert fields(understood) == ["name", "email", None, None]
    assert [column.heading for column in understood.columns if column.is_identity_number] == ["Märkt"]


@pytest.mark.parametrize("other", ["ring växeln", "a@example.se, eller Bo"])
def test_one_cell_that_is_something_else_makes_content_uncertain(other: str) -> None:
    assert fields(read(_CERTAIN + f"Dan;{other};;\n")) == ["name", None, None, None]


def test_headings_again_in_the_middle_leave_content_certain() -> None:
    understood = read(_CERTAIN + "Kund;Nås på;Säljare;Märkt\nDan;d@example.se;;\n")
    assert fields(understood) == ["name", "email", None, None]
    assert fates(understood)[3:] == [(5, "title"), (6, "Dan")]


def test_two_cells_are_too_few_to_be_certain() -> None:
    assert fields(read("Kund;Nås på\nAnna;a@example.se\nBo;b@example.se\n")) == ["name", None]
