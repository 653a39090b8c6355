"""Columns that hold something sensitive: what the pages say of them is what happens with them."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import CILLA, NOW
from tryggve.domains.customers import import_papers
from tryggve.domains.customers.engine.columns.headings import Chosen, Column
from tryggve.domains.customers.engine.custom_fields import Field
from tryggve.domains.customers.engine.drafts import Draft
from tryggve.domains.customers.engine.imports.results import ImportResult, NumbersTold
from tryggve.domains.customers.engine.rows.rows import RowReader
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.engine.table import Row
from tryggve.domains.customers.models import Customer, CustomField, Import
from tryggve.domains.customers.selectors import custom_fields as selectors
from tryggve.domains.customers.selectors import imported
from tryggve.domains.customers.services import custom_fields, deciding, import_jobs, imports
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, in_force
from tryggve.domains.customers.tests.numbers import CILLAS, CILLAS_WRITTEN, FIRMS, keep, kept_of
from tryggve.domains.customers.words import imports as import_words

pytestmark = pytest.mark.django_db(transaction=True)

NUMBERS = f"Namn;E-post;Personnr;Köpt\nÅsa Ek;asa@example.se;{CILLAS_WRITTEN};2025\n".encode()
ALLERGIC = csv_of("Åsa Ek;asa@example.se;;;Nuts")


def _preview(content: bytes) -> UUID:
    return imports.preview_file(name="list.csv", content=content, source="", actor=MACHINE, at=NOW)


def _match(batch: UUID, place: int, chosen: Chosen) -> None:
    deciding.match_columns(batch=batch, fields={place: chosen}, actor=MACHINE, at=NOW)


def _carry_out(batch: UUID) -> None:
    imports.confirm(batch=batch, actor=MACHINE, at=NOW)
    import_jobs.run_confirmed(batch=batch, at=NOW)


def _left(batch: UUID) -> list[dict[str, str]]:
    row = Import.objects.get(pk=batch)
    kept = json.loads(import_papers.opened(row, "leftovers", bytes(row.leftovers_sealed or b"")))["kept"]
    return [said for _line, _customer, said in kept]


def _text(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def _only() -> Sensitive:
    return kept_of(Customer.objects.get().pk)


@pytest.fixture
def allergies() -> Field:
    """A field of the firm's own that isn't sensitive yet."""
    facts: dict[str, Any] = {"kind": "TEXT", "choices": [], "is_sensitive": False}
    made = custom_fields.add_field(name="Allergies", actor=MACHINE, at=NOW, **facts)
    return next(one for one in selectors.all_fields() if one.id == str(made))


def _make_sensitive(field: Field) -> None:
    facts: dict[str, Any] = {"name": field.name, "kind": "TEXT", "choices": [], "is_sensitive": True}
    custom_fields.change_field(field=UUID(field.id), actor=MACHINE, at=NOW, **facts)


# Identity numbers


def test_preview_says_of_each_column_what_becomes_of_it(as_anna: Client, allergies: Field) -> None:
    batch = _preview(NUMBERS.replace(b"Namn;", b"Namn;Allergier;").replace(b"Ek;", b"Ek;Nuts;"))
    _match(batch, 1, allergies)
    shown = as_anna.get(f"/customers/import/{batch}/").context["shown"]
    assert dict(shown.named_columns) == {
        "Namn": "Name",
        "Allergier": "Allergies",
        "E-post": "E-mail",
        "Personnr": "Identity number: kept with the sensitive details if it is valid",
        "Köpt": "",
    }
    assert shown.result.kept_columns == ["Personnr", "Köpt"]


def test_list_of_identity_numbers_alone_names_nobody(as_anna: Client) -> None:
    batch = _preview(b"Personnr\n19640823-3234\n19640823-3235\n")
    assert as_anna.get(f"/customers/import/{batch}/").context["shown"].is_unmatched


def test_pages_count_the_numbers_before_and_after_the_yes(as_anna: Client) -> None:
    keep(add(CILLA)[0], FIRMS)
    content = (
        NUMBERS + f"{CILLA.name};{CILLA.emails[0]};19640823-3242;\nBo;bo@example.se;19000099-0000;\n".encode()
    )
    batch = _preview(content)
    before = _text(as_anna.get(f"/customers/import/{batch}/"))
    _carry_out(batch)
    for page in (before, _text(as_anna.get(f"/customers/import/{batch}/"))):
        for told in (
            "1 valid identity number goes into its customer&#x27;s sensitive details.",
            "1 is about a customer who has an identity number already, which stays.",
            "1 is no valid identity number: it is kept encrypted beside the import for 30 days.",
        ):
            assert told in page


def test_page_of_a_list_without_numbers_says_nothing_of_them(as_anna: Client) -> None:
    assert "dentity number" not in _text(as_anna.get(f"/customers/import/{_preview(ALLERGIC)}/"))


def test_upload_page_says_that_numbers_are_saved(as_anna: Client) -> None:
    text = _text(as_anna.get("/customers/import/"))
    assert "saved with the sensitive details of each customer" in text
    assert "such as personal identity numbers" not in text


def test_undo_page_says_that_numbers_go(as_anna: Client) -> None:
    batch = bring_in(NUMBERS).import_id
    assert "and lose identity numbers that it brought" in _text(
        as_anna.get(f"/customers/import/{batch}/undo/")
    )


def test_numbers_are_told_in_the_terminal_and_not_as_a_column_without_a_field() -> None:
    numbers = NumbersTold(["Personnr"], saved=2, known=2, invalid=2)
    result = ImportResult(import_id="x", kept_columns=["Personnr", "Köpt"], identity_numbers=numbers)
    assert list(import_words.told(result))[1:] == [
        "2 valid identity numbers go into their customers' sensitive details.",
        "2 are about customers who have an identity number already, which stays. Where the two differ, the one of the "
        "list is kept encrypted beside the import for 30 days.",
        "2 are no valid identity numbers: they are kept encrypted beside the import for 30 days.",
        "Columns without a field yet, kept encrypted beside the import for 30 days: Köpt",
    ]


def test_result_from_before_numbers_were_counted_is_still_read() -> None:
    document = ImportResult(rows=3).to_document()
    del document["identity_numbers"]
    assert ImportResult.from_json(document) == ImportResult(rows=3)


@pytest.mark.parametrize("is_register_there", [True, False])
def test_trial_counts_the_numbers(is_register_there: bool) -> None:
    told = imports.trial(content=NUMBERS, source="", is_register_there=is_register_there, at=NOW)
    assert told.identity_numbers == NumbersTold(["Personnr"], saved=1)


def test_column_of_numbers_that_is_left_out_brings_none_and_can_be_taken_again(as_anna: Client) -> None:
    batch = _preview(NUMBERS)
    address = f"/customers/import/{batch}/columns/"
    form = as_anna.get(address).context["form"]
    given = {name: form[name].initial for name in form.fields}
    assert given["column_2"] == "identity_number"
    as_anna.post(address, given | {"column_2": "-"})
    again = as_anna.get(address).context["form"]
    assert again["column_2"].initial == "-"
    _carry_out(batch)
    assert (_only(), _left(batch)) == (Sensitive(), [{"Personnr": CILLAS_WRITTEN, "Köpt": "2025"}])


def test_column_that_somebody_says_holds_numbers_brings_them() -> None:
    batch = _preview(NUMBERS.replace(b"Personnr", "Märkt".encode()))
    _match(batch, 2, "identity_number")
    _carry_out(batch)
    assert (_only().numbers, _left(batch)) == ((CILLAS,), [{"Köpt": "2025"}])


# Fields of the firm's own


def test_sensitive_field_is_not_offered_and_the_page_says_why(as_anna: Client, allergies: Field) -> None:
    batch = _preview(ALLERGIC)
    address = f"/customers/import/{batch}/columns/"
    assert "marked as sensitive" not in _text(as_anna.get(address))
    _make_sensitive(allergies)
    page = as_anna.get(address)
    assert "A list doesn't fill in your own fields that are marked as sensitive" in _text(page)
    form = page.context["form"]
    given = {name: form[name].initial for name in form.fields}
    refused = as_anna.post(address, given | {"column_4": f"question:{allergies.id}"})
    assert list(refused.context["form"].errors) == ["column_4"]


def test_answers_to_a_field_made_sensitive_while_the_list_waited_stay_beside_it(allergies: Field) -> None:
    batch = _preview(ALLERGIC)
    _match(batch, 4, allergies)
    _make_sensitive(allergies)
    _carry_out(batch)
    assert (in_force()["Åsa Ek"].custom, _left(batch)) == ((), [{"Shoe size": "Nuts"}])


def test_answers_to_a_field_made_sensitive_while_the_list_came_in_stay_beside_it(allergies: Field) -> None:
    add(CILLA)
    batch = _preview(csv_of(f"{CILLA.name};{CILLA.emails[0]};;Rang.;Nuts"))
    _match(batch, 4, allergies)
    with power.at_point(
        "import: changes staged", lambda: power.elsewhere(lambda: _make_sensitive(allergies))
    ):
        _carry_out(batch)
    assert (in_force()[CILLA.name].custom, _left(batch)) == ((), [{"Shoe size": "Nuts"}])


def test_rows_mended_later_do_not_answer_a_field_made_sensitive_since(allergies: Field) -> None:
    batch = _preview(csv_of("Åsa Ek;asa@;;;Nuts"))
    _match(batch, 4, allergies)
    _carry_out(batch)
    _make_sensitive(allergies)
    again = imports.bring_up_set_aside(batch=batch, actor=MACHINE, at=NOW)
    shown = imported.import_shown(batch=again, actor=MACHINE, at=NOW)
    assert shown.named_columns[-1] == ("Shoe size", "")
    deciding.mend_row(
        batch=again, place=0, cells=("Åsa Ek", "asa@example.se", "", "", "Nuts"), actor=MACHINE, at=NOW
    )
    _carry_out(again)
    assert (in_force()["Åsa Ek"].custom, _left(again)) == ((), [{"Shoe size": "Nuts"}])


def test_field_put_away_is_not_answered_by_a_list_any_more(allergies: Field) -> None:
    batch = _preview(ALLERGIC)
    _match(batch, 4, allergies)
    CustomField.objects.update(is_archived=True)
    _carry_out(batch)
    assert in_force()["Åsa Ek"].custom == ()


def test_sensitive_question_asked_of_a_column_leaves_the_answer_beside() -> None:
    asked = Field("a", "Allergies", "TEXT", is_sensitive=True)
    columns = (Column(0, "Name", "name"), Column(1, "Allergies", question=asked))
    read = RowReader(columns).read(Row(2, ("Åsa Ek", "Nuts")))
    assert isinstance(read, Draft)
    assert (read.details.custom, read.extra) == ((), {"Allergies": "Nuts"})
