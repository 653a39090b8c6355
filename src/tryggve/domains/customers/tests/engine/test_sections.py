import pytest

from tryggve.domains.customers.engine.columns.headings import find_headings
from tryggve.domains.customers.engine.drafts import Draft, SetAside, Skipped
from tryggve.domains.customers.engine.rows.sections import lines_of
from tryggve.domains.customers.engine.table import Row, Table

Cells = tuple[str, ...]


def _fates(*rows: Cells) -> list[tuple[int, str]]:
    """Line and fate of each row but the headings: the name of a customer, or why there is none."""
    table = Table(kind="csv", rows=[Row(line, cells) for line, cells in enumerate(rows, start=1)])
    fates: list[tuple[int, str]] = []
    for line in lines_of(table, find_headings(table.rows)):
        match line:
            case Draft():
                fates.append((line.line, line.details.name))
            case SetAside() | Skipped():
                fates.append((line.line, line.reason))
    return fates


def test_customers_between_two_tables_are_none_of_them_titles() -> None:
    fates = _fates(
        ("Kund", "E-post"),
        ("Anna", "anna@example.se"),
        ("Bo", "bo@example.se"),
        (),
        ("Företag", "E-post", "Telefon"),
        ("Bygg AB", "info@example.se", "08-46500400"),
    )
    assert fates == [(2, "Anna"), (3, "Bo"), (4, "empty"), (5, "other_headings"), (6, "other_headings")]


@pytest.mark.parametrize("above", [("Kund", "Ort"), ("Kund", "Företag")])
def test_headings_with_filled_cells_below_them_stay(above: Cells) -> None:
    fates = _fates(above, ("Anna", "Lund"), ("Namn", "E-post", "Telefon"), ("Bo", "bo@example.se"))
    assert fates == [(2, "Anna"), (3, "other_headings"), (4, "other_headings")]


def test_what_stands_above_the_chosen_headings_is_set_aside_unless_it_is_a_title() -> None:
    fates = _fates(
        ("Kunder våren 2026", "", "2026-03-02"),
        (),
        ("Frågor: 08-465 004 00",),
        ("eller info@example.se",),
        ("Kund", "nivå"),
        ("Anna", "guld"),
        ("Bo",),
        ("Namn", "E-post", "Ort"),
        ("Dan", "dan@example.dk"),
    )
    assert fates == [
        (1, "title"), (2, "empty"), (3, "above_headings"), (4, "above_headings"), (5, "title"),
        (6, "above_headings"), (7, "above_headings"), (9, "Dan"),
    ]  # fmt: skip


def test_same_headings_again_are_passed_over_and_end_what_stood_below_others() -> None:
    fates = _fates(
        ("Namn", "Ort"),
        ("Anna", "Lund"),
        ("Kund", "Stad"),
        ("Bo", "Kivik"),
        ("Ort", "Namn"),
        ("Lund", "Dan"),
        (),
        ("NAMN", "ORT"),
        ("Cilla", "Lund"),
    )
    assert fates == [
        (2, "Anna"), (3, "title"), (4, "Bo"), (5, "other_headings"), (6, "other_headings"), (7, "empty"),
        (8, "title"), (9, "Cilla"),
    ]  # fmt: skip


def test_other_headings_above_the_chosen_ones_are_titles() -> None:
    fates = _fates(
        ("Kund", "nivå"),
        ("Namn", "Ort"),
        ("Namn", "Ort", "E-post"),
        ("Dan", "Lund", "dan@example.dk"),
    )
    assert fates == [(1, "title"), (2, "title"), (4, "Dan")]


def test_row_that_the_spreadsheet_never_worked_out_is_not_empty_below_headings() -> None:
    rows = [
        Row(1, ("Kund", "nivå")),
        Row(2, (), ((0, "cell_error"),)),
        Row(3, ("Namn", "E-post")),
        Row(4, ("Dan", "dan@example.dk")),
    ]
    _title, above, dan = lines_of(Table(kind="xlsx", rows=rows), find_headings(rows))
    assert above == SetAside(2, None, "above_headings", ())
    assert isinstance(dan, Draft)


def test_sum_below_other_headings_is_set_aside_with_their_rows() -> None:
    fates = _fates(("Namn", "Ort"), ("Anna", "Lund"), ("Kund", "Företag"), ("Summa", "2"))
    assert fates == [(2, "Anna"), (3, "other_headings"), (4, "other_headings")]


def test_same_headings_again_are_known_by_a_word_that_names_no_field() -> None:
    headings = ("Namn", "Skostorlek", "Ort")
    fates = _fates(headings, ("Kund", "Företag"), ("Bo", "Bygg AB"), headings, ("Anna", "38", "Lund"))
    assert fates == [(2, "other_headings"), (3, "other_headings"), (4, "title"), (5, "Anna")]


def test_column_kept_beside_is_not_taken_for_another_one() -> None:
    fates = _fates(
        ("Namn", "Skostorlek", "Ort"),
        ("Anna", "38", "Lund"),
        ("Kund", "Personnummer", "Stad"),
        ("Bo", "19000099-0000", "Kivik"),
    )
    assert fates == [(2, "Anna"), (3, "other_headings"), (4, "other_headings")]


def test_first_of_the_same_headings_again_are_passed_over() -> None:
    fates = _fates(("Namn", "Ort", "E-post"), ("Anna", "Lund"), ("Kund", "Stad"), ("Bo", "Kivik"))
    assert fates == [(2, "Anna"), (3, "title"), (4, "Bo")]
