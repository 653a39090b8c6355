"""The pages between reading a list and its end: columns, rows, doubles, mending, undo."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import CILLA, NOW
from tryggve.audit import selectors as audit
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.services import imports
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, in_force
from tryggve.routines import jobs

pytestmark = pytest.mark.django_db

LIST = csv_of("Åsa Ek;asa@example.se;;tea;43", "Bo Ek;bo@", f"Cissi;{CILLA.emails[0]}")


def _address(content: bytes = LIST) -> str:
    batch = imports.preview_file(name="list.csv", content=content, source="fair", actor=MACHINE, at=NOW)
    return f"/customers/import/{batch}/"


def _text(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def _given(form: Any) -> dict[str, str]:
    """What a form holds when nobody changes it."""
    return {name: form[name].initial for name in form.fields}


def test_column_is_chosen_on_its_page(as_anna: Client) -> None:
    address = _address()
    form = as_anna.get(f"{address}columns/").context["form"]
    assert (form["column_4"].label, form["column_4"].help_text, form["column_4"].initial) == (
        "Shoe size",
        "43",
        "-",
    )
    answer = as_anna.post(f"{address}columns/", _given(form) | {"column_4": "tags", "column_3": "-"})
    assert answer.headers["Location"] == address
    columns = as_anna.get(address).context["shown"].named_columns
    assert columns[3:] == [("Note", ""), ("Shoe size", "Tags")]


def test_column_that_is_filled_further_down_is_not_told_to_be_empty(as_anna: Client) -> None:
    rows = [f"Kund {number};kund{number}@example.se" for number in range(60)]
    form = as_anna.get(f"{_address(csv_of(*rows, 'Åsa Ek;;;tea'))}columns/").context["form"]
    assert (form["column_3"].help_text, form["column_4"].help_text) == ("tea", "every cell is empty")


def test_two_columns_cannot_both_be_the_name(as_anna: Client) -> None:
    address = _address()
    form = as_anna.get(f"{address}columns/").context["form"]
    answer = as_anna.post(f"{address}columns/", _given(form) | {"column_4": "name"})
    assert (answer.status_code, "«Name» is that already" in _text(answer)) == (200, True)


def test_rows_are_shown_with_their_fates_and_filtered(as_anna: Client) -> None:
    add(CILLA)
    address = _address()
    text = _text(as_anna.get(f"{address}rows/"))
    for told in ("Åsa Ek", "new customer (2)", "set aside (1)", "this is not an e-mail address"):
        assert told in text
    text = _text(as_anna.get(f"{address}rows/?fate=set_aside"))
    assert ("Bo Ek" in text, "Åsa Ek" in text) == (True, False)
    assert "Åsa Ek" in _text(as_anna.get(f"{address}rows/?fate=anything&page=x"))


def test_lines_that_describe_nobody_are_counted_and_shown_only_when_asked_for(as_anna: Client) -> None:
    address = _address(b"Customers 2026\nName;E-mail\n\xc3\x85sa Ek;asa@example.se\nTotal;1\n")
    text = _text(as_anna.get(f"{address}rows/"))
    assert "2 lines are passed over" in text
    assert ("line of totals" in text, "<div>–" in text, "Åsa Ek" in text) == (False, False, True)
    answer = as_anna.get(f"{address}rows/?fate=passed_over")
    text = _text(answer)
    assert [row.line for row in answer.context["shown"].page] == [1, 4]
    assert [words in text for words in ("<div>title or headings", "<div>line of totals", "–</", "See which")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_row_is_mended_and_the_wrong_cell_says_why(as_anna: Client) -> None:
    address = _address()
    form = as_anna.get(f"{address}rows/1/").context["form"]
    assert form["cell_1"].help_text == "Here: this is not an e-mail address."
    assert form["cell_0"].help_text == ""
    answer = as_anna.post(f"{address}rows/1/", _given(form) | {"cell_1": "bo@@"})
    assert answer.headers["Location"] == f"{address}rows/1/"
    answer = as_anna.post(f"{address}rows/1/", _given(form) | {"cell_1": "bo@example.se"})
    assert answer.headers["Location"] == address
    assert as_anna.get(address).context["shown"].result.set_aside == []


@pytest.mark.parametrize("place", [3, 999])
def test_row_that_is_not_there_is_not_found(as_anna: Client, place: int) -> None:
    assert as_anna.get(f"{_address()}rows/{place}/").status_code == 404


def test_double_is_decided_on_its_page(as_anna: Client) -> None:
    add(CILLA)
    address = _address()
    answer = as_anna.get(f"{address}doubles/")
    assert ("Cissi" in _text(answer), CILLA.name in _text(answer)) == (True, True)
    body = _given(answer.context["form"]) | _given(answer.context["rules"])
    as_anna.post(f"{address}doubles/", body | {"row_2": "same"})
    answer = as_anna.get(f"{address}doubles/")
    assert answer.context["form"]["row_2"].initial == "same"
    shown = as_anna.get(address).context["shown"].result
    assert (shown.created, shown.updated, shown.unchanged) == (1, 0, 1)


def test_double_that_was_decided_is_told_no_more_once_the_list_is_in(as_anna: Client) -> None:
    add(CILLA)
    address = _address()
    answer = as_anna.get(f"{address}doubles/")
    body = _given(answer.context["form"]) | _given(answer.context["rules"])
    as_anna.post(f"{address}doubles/", body | {"row_2": "new"})
    as_anna.post(f"{address}confirm/")
    assert jobs.run_next(owner="worker", now=timezone.now)
    assert as_anna.get(address).context["shown"].doubles == []


def test_list_without_doubles_says_so(as_anna: Client) -> None:
    text = _text(as_anna.get(f"{_address()}doubles/"))
    assert "No row of the list looks like somebody who is known already." in text


@pytest.mark.parametrize("page", ["columns/", "rows/", "rows/0/", "doubles/"])
def test_page_of_a_list_that_was_started_leads_to_the_list(as_anna: Client, page: str) -> None:
    address = _address()
    as_anna.post(f"{address}confirm/")
    assert as_anna.get(address + page).headers["Location"] == address


def test_no_name_stands_in_an_address_and_each_look_is_in_the_log(as_anna: Client) -> None:
    address = _address()
    for page in ("columns/", "rows/", "rows/0/", "doubles/"):
        as_anna.get(address + page)
    entries = [one.action for one in audit.newest_entries(limit=4)]
    assert entries == ["customers.import-rows-viewed"] * 4


def test_rows_set_aside_become_a_list_of_their_own(as_anna: Client) -> None:
    done = bring_in(csv_of("Bo Ek;bo@", "Åsa Ek;asa@example.se")).import_id
    assert "Mend these rows" in _text(as_anna.get(f"/customers/import/{done}/"))
    address = as_anna.post(f"/customers/import/{done}/mend/").headers["Location"]
    assert (address != f"/customers/import/{done}/", "Is this right?" in _text(as_anna.get(address))) == (
        True,
        True,
    )


def test_import_is_undone_from_its_page(as_anna: Client) -> None:
    add(CILLA)
    done = bring_in(
        csv_of("Bo Ek;bo@", "Åsa Ek;asa@example.se", f"{CILLA.name};{CILLA.emails[0]};;tea")
    ).import_id
    address = f"/customers/import/{done}/"
    assert f"{address}undo/" in _text(as_anna.get(address))
    shown = as_anna.get(f"{address}undo/").context["shown"]
    assert (shown.deleted, shown.restored) == (1, 1)
    assert as_anna.post(f"{address}undo/").headers["Location"] == address
    assert "The import is being undone" in _text(as_anna.get(address))
    assert jobs.run_next(owner="worker", now=timezone.now)
    text = _text(as_anna.get(address))
    assert ("The import is undone" in text, in_force()) == (True, {CILLA.name: CILLA})
    assert Import.objects.get(pk=UUID(done)).state == "UNDONE"


def test_undo_that_was_ordered_already_is_told(as_anna: Client) -> None:
    done = bring_in(csv_of("Åsa Ek;asa@example.se")).import_id
    as_anna.post(f"/customers/import/{done}/undo/")
    answer = as_anna.post(f"/customers/import/{done}/undo/")
    assert (answer.status_code, "was undone already" in _text(answer)) == (409, True)
    assert as_anna.get(f"/customers/import/{done}/undo/").status_code == 404


def test_file_that_nobody_understands_is_matched_by_hand(as_anna: Client) -> None:
    address = _address(b"1;2\n3;4\n")
    assert "Say what they are" in _text(as_anna.get(address))
