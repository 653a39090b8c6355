"""Fields of the firm's own: made, changed while nobody answered, put away; and answers on the card."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation

from tests.cast import CILLA, NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers.engine.custom_fields import Field, parsed_answer
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.forms.customer import CustomerForm
from tryggve.domains.customers.models import Customer, CustomField
from tryggve.domains.customers.selectors import custom_fields as selectors
from tryggve.domains.customers.services import custom_fields, records
from tryggve.domains.customers.tests.lists import MACHINE, add, in_force
from tryggve.domains.customers.words import custom_fields as custom_words
from tryggve.lib.ids import new_id
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db


def _field(name: str, kind: str = "TEXT", *, choices: tuple[str, ...] = (), sensitive: bool = False) -> UUID:
    return custom_fields.add_field(
        name=name, kind=kind, choices=list(choices), is_sensitive=sensitive, actor=MACHINE, at=NOW
    )


def _change(field: UUID, **new: Any) -> None:
    row = CustomField.objects.get(pk=field)
    facts = {"name": row.name, "kind": row.kind, "choices": row.choices, "is_sensitive": row.is_sensitive}
    custom_fields.change_field(field=field, **(facts | new), actor=MACHINE, at=NOW)


def _names() -> list[str]:
    return [field.name for field in selectors.all_fields()]


def _body(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_field_is_made_on_its_page_and_told_in_the_log(as_anna: Client) -> None:
    typed = {"name": " Avtal ", "kind": "CHOICE", "choices": "Brons\nSilver\n\nBrons"}
    assert as_anna.post("/company/fields/add/", typed).headers["Location"] == "/company/fields/"
    [field] = selectors.ordinary_fields()
    assert (field.name, field.kind, field.choices) == ("Avtal", "CHOICE", ("Brons", "Silver"))
    entry = Entry.objects.get(action="customers.field-added")
    assert entry.facts == {"field": field.id, "kind": "choice", "sensitive": False}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "", "kind": "TEXT"}, "This field is required."),
        ({"name": "x" * 101, "kind": "TEXT"}, "100"),
        ({"name": "a\x1bb", "kind": "TEXT"}, "too long, or there are letters"),
        ({"name": "A", "kind": "PICTURE"}, "Select a valid choice"),
        ({"name": "A", "kind": "CHOICE", "choices": "one"}, "at least two"),
        ({"name": "A", "kind": "CHOICE", "choices": "\n".join(map(str, range(51)))}, "too many"),
        ({"name": "SKONUMMER", "kind": "TEXT"}, "a field of that name already"),
    ],
)
def test_what_makes_no_field_is_told(as_anna: Client, typed: dict[str, str], words: str) -> None:
    _field("Skonummer")
    answer = as_anna.post("/company/fields/add/", typed)
    assert (words in _body(answer), CustomField.objects.count()) == (True, 1)


def test_fields_change_places() -> None:
    _a, b, _c = (_field(name) for name in "abc")
    custom_fields.move_field(field=b, is_up=True, actor=MACHINE, at=NOW)
    assert _names() == ["b", "a", "c"]
    custom_fields.move_field(field=b, is_up=True, actor=MACHINE, at=NOW)
    assert _names() == ["b", "a", "c"]
    custom_fields.move_field(field=b, is_up=False, actor=MACHINE, at=NOW)
    assert _names() == ["a", "b", "c"]


def test_field_put_away_is_asked_no_more_and_comes_back(as_anna: Client) -> None:
    field = _field("Skonummer")
    [cilla] = add(Details(name="Cilla", custom=((str(field), "38"),)))
    as_anna.post(f"/company/fields/{field}/put-away/")
    assert selectors.ordinary_fields() == []
    assert "38" in _body(as_anna.get(f"/customers/{cilla}/"))
    assert "Skonummer" not in _body(as_anna.get(f"/customers/{cilla}/edit/"))
    as_anna.post(f"/company/fields/{field}/put-away/", {"back": "yes"})
    assert "Skonummer" in _body(as_anna.get(f"/customers/{cilla}/edit/"))


@pytest.mark.parametrize("new", [{"kind": "NUMBER"}, {"is_sensitive": True}])
def test_field_with_answers_keeps_kind_and_compartment(new: dict[str, Any]) -> None:
    field = _field("Skonummer")
    _change(field, **new)  # nobody has answered
    _change(field, kind="TEXT", is_sensitive=False)
    add(Details(name="Cilla", custom=((str(field), "38"),)))
    with pytest.raises(custom_fields.HasAnswers):
        _change(field, **new)
    _change(field, name="Storlek")
    assert _names() == ["Storlek"]


def test_answers_of_an_import_on_its_way_count() -> None:
    field = _field("Skonummer")
    add(Details(name="Cilla", custom=((str(field), "38"),)))
    Customer.objects.update(state=Customer.State.STAGING)
    with pytest.raises(custom_fields.HasAnswers):
        _change(field, kind="NUMBER")


def test_sensitive_field_stays_as_it_is_once_anybody_has_sensitive_details(as_anna: Client) -> None:
    field = _field("Allergy", sensitive=True)
    add(CILLA)
    _change(field, kind="CHOICE", choices=["nuts", "milk"])
    Customer.objects.update(sensitive_sealed=b"anything")
    answer = as_anna.post(f"/company/fields/{field}/", {"name": "Allergy", "kind": "TEXT"})
    assert "aren&#x27;t opened to look for answers" in _body(answer)
    assert CustomField.objects.get().kind == "CHOICE"


@pytest.mark.parametrize("deed", ["", "move/", "put-away/"])
def test_field_that_is_not_there_is_not_found(as_anna: Client, deed: str) -> None:
    assert (
        as_anna.post(f"/company/fields/{new_id()}/{deed}", {"name": "A", "kind": "TEXT"}).status_code == 404
    )


def _form(own: list[Any], typed: dict[str, str], known: Details = CILLA) -> CustomerForm:
    return CustomerForm({"kind": "person", "name": "Cilla"} | typed, known=known, own=own)


def test_answers_are_saved_by_their_kind_and_shown_as_the_country_writes_them(as_anna: Client) -> None:
    area, day, key = _field("Area", "NUMBER"), _field("Inspection", "DATE"), _field("Key", "YES_NO")
    [cilla] = add(CILLA)
    typed = {f"own_{area}": "1,234.5", f"own_{day}": "2026-09-14", f"own_{key}": "yes"}
    shown = CustomerForm.initial_from(CILLA, 1)
    as_anna.post(f"/customers/{cilla}/edit/", shown | typed)
    assert in_force()[CILLA.name].custom == (
        (str(area), "1234.5"),
        (str(day), "2026-09-14"),
        (str(key), "yes"),
    )
    text = _body(as_anna.get(f"/customers/{cilla}/"))
    assert [words in text for words in ("1,234.5", "Sept. 14, 2026", "yes")] == [True, True, True]


@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        ("NUMBER", "many", "not a number"),
        ("DATE", "soon", "not a date"),
        ("CHOICE", "Iron", "valid choice|offered"),
    ],
)
def test_wrong_answer_is_told_at_its_field(kind: str, wrong: str, words: str) -> None:
    field = _field("F", kind, choices=("Gold", "Silver"))
    form = _form(selectors.ordinary_fields(), {f"own_{field}": wrong})
    assert list(form.errors) == [f"own_{field}"]
    assert any(word in str(form.errors) for word in words.split("|"))


@pytest.mark.parametrize(
    ("language", "number", "day"),
    [("sv", "1\xa0234,5", "14 september 2026"), ("da", "1.234,5", "14. september 2026")],
)
def test_answers_read_as_the_readers_language_writes_them(language: str, number: str, day: str) -> None:
    area, inspection = Field("a", "Area", "NUMBER"), Field("b", "Inspection", "DATE")
    with translation.override(language):
        shown = (
            custom_words.shown_answer(area, "1234.5"),
            custom_words.shown_answer(inspection, "2026-09-14"),
        )
        typed = parsed_answer(area, number, marks=custom_words.marks())
    assert (shown, typed) == ((number, day), "1234.5")


@pytest.mark.parametrize("kind", ["NUMBER", "DATE", "YES_NO"])
def test_answer_that_its_kind_does_not_understand_is_shown_as_it_is(kind: Any) -> None:
    assert custom_words.shown_answer(Field("a", "A", kind), "perhaps") == "perhaps"


def test_choice_that_was_taken_away_may_stay_with_who_has_it() -> None:
    field = _field("Deal", "CHOICE", choices=("Gold", "Silver"))
    known = Details(name="Cilla", custom=((str(field), "Bronze"),))
    own = selectors.ordinary_fields()
    assert _form(own, {f"own_{field}": "Bronze"}, known).errors == {}
    assert list(_form(own, {f"own_{field}": "Bronze"}).errors) == [f"own_{field}"]


def test_sensitive_answers_have_no_place_on_the_ordinary_form(as_anna: Client) -> None:
    _field("Allergy", sensitive=True)
    [cilla] = add(CILLA)
    assert "Allergy" not in _body(as_anna.get(f"/customers/{cilla}/edit/"))
    assert [field.name for field in selectors.sensitive_fields()] == ["Allergy"]


def test_answers_are_exported_under_the_name_of_their_field() -> None:
    field = _field("Skonummer")
    [cilla] = add(Details(name="Cilla", custom=((str(field), "38"),), number_tags=("abc",)))
    export = privacy.export_person(Subject(Kind.CUSTOMER, cilla), actor=MACHINE, at=NOW)
    [held] = [one for one in export.held if one.code == "customers.register"]
    values = [(str(value.title), value.content) for part in held.parts for value in part.values]
    assert ("Skonummer", "38") in values
    assert "abc" not in str(values)


def test_there_are_no_more_fields_than_a_card_bears(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(custom_fields, "MOST_FIELDS", 1)
    _field("a")
    with pytest.raises(custom_fields.TooManyFields):
        _field("b")


def test_markup_in_names_and_choices_is_shown_and_not_obeyed(as_anna: Client) -> None:
    odd = "<script>alert(1)</script>"
    field = _field(odd, "CHOICE", choices=(odd, "b"))
    [cilla] = add(Details(name="Cilla", custom=((str(field), odd),)))
    for page in (
        "/company/fields/",
        f"/company/fields/{field}/",
        f"/customers/{cilla}/",
        f"/customers/{cilla}/edit/",
    ):
        assert ("<script>alert" in _body(as_anna.get(page)), page) == (False, page)


@pytest.mark.parametrize("page", ["add", "edit"])
def test_answer_to_a_field_that_just_became_sensitive_is_given_back_and_not_kept(
    as_anna: Client, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    [cilla] = add(CILLA)
    field, asked = _field("Hälsa"), selectors.ordinary_fields

    def flipped_after() -> list[Field]:
        fields = asked()
        if fields:
            _change(field, is_sensitive=True)
        return fields

    monkeypatch.setattr(selectors, "ordinary_fields", flipped_after)
    typed = {"kind": "person", "name": "Cilla Ek", f"own_{field}": "diabetes", "revision": "1"}
    answer = as_anna.post("/customers/add/" if page == "add" else f"/customers/{cilla}/edit/", typed)
    assert ("among the sensitive details" in _body(answer), "diabetes" in _body(answer)) == (True, True)
    assert in_force() == {CILLA.name: CILLA}


def test_answer_from_before_a_field_was_sensitive_holds_up_no_other_change() -> None:
    field = _field("Hälsa")
    [cilla] = add(replace(CILLA, custom=((str(field), "diabetes"),)))
    CustomField.objects.update(is_sensitive=True)
    details = replace(in_force()[CILLA.name], note="Called.")
    facts: dict[str, Any] = {"customer": cilla, "actor": MACHINE, "at": NOW, "reach": EVERYBODY}
    records.change_customer(details=details, seen_revision=1, **facts)
    changed = replace(details, custom=((str(field), "asthma"),))
    with pytest.raises(records.NowSensitive):
        records.change_customer(details=changed, seen_revision=2, **facts)
    assert in_force() == {CILLA.name: details}
