"""The list, the card, adding, changing and deleting, as Anna's browser sees them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.forms.customer import CustomerForm
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import records
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, in_force, people

pytestmark = pytest.mark.django_db
ODD = "<script>alert(1)</script>&\"'\u202e"


def _typed(details: Details, *, revision: int | None = None) -> dict[str, Any]:
    """What a browser sends of a form that shows these details."""
    answers = CustomerForm.initial_from(details, revision or 0)
    return {name: str(value) for name, value in answers.items()}


def _text(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_list_shows_everybody_by_name(as_anna: Client) -> None:
    add(DAN, CILLA)
    text = _text(as_anna.get("/customers/"))
    assert 0 < text.index("Cilla Åkerström") < text.index("Dan Sørensen")


@pytest.mark.parametrize(
    ("country", "names"),
    [
        ("SE", ["Ahlberg", "Zetterlund", "Åberg", "Ärlig", "Öberg"]),
        ("DK", ["Zahle", "Ærø", "Østergaard", "Åkjær"]),
    ],
)
def test_list_follows_the_alphabet_of_the_firms_country(
    as_anna: Client, firm: Any, country: str, names: list[str]
) -> None:
    firm.country = country
    firm.save()
    add(*(Details(name=name) for name in reversed(names)))
    text = _text(as_anna.get("/customers/"))
    assert sorted(names, key=text.index) == names


def test_empty_register_shows_the_first_step(as_anna: Client) -> None:
    assert "No customers yet" in _text(as_anna.get("/customers/"))


@pytest.mark.parametrize("page", ["2", "0", "-1", "abc", "٢", "9" * 5000, "1e3", ""])
def test_odd_page_numbers_show_a_page(as_anna: Client, page: str) -> None:
    bring_in(people(range(51)))
    answer = as_anna.get("/customers/", {"page": page})
    assert (answer.status_code, "Kund 000" in _text(answer)) == (200, True)


def test_card_shows_all_details(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    text = _text(as_anna.get(f"/customers/{cilla}/"))
    for told in (
        CILLA.name,
        *CILLA.emails,
        *CILLA.phones,
        "Storgatan 1",
        *CILLA.tags,
        CILLA.note,
        CILLA.source,
    ):
        assert told in text


def test_customer_is_added_as_written(as_anna: Client, anna: User) -> None:
    answer = as_anna.post("/customers/add/", _typed(CILLA))
    customer = Customer.objects.get().pk
    assert answer.headers["Location"] == f"/customers/{customer}/"
    assert in_force() == {CILLA.name: CILLA}
    assert [entry.actor for entry in audit.entries_about(customer)] == [anna.actor]


def test_customer_of_nothing_is_not_added(as_anna: Client) -> None:
    answer = as_anna.post("/customers/add/", {"kind": "person", "note": "tea"})
    assert "Write a name, an e-mail address or a telephone number" in _text(answer)
    assert Customer.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "wrong", "words"),
    [
        ("emails", "cilla@", "«cilla@» is not an e-mail address."),
        ("phones", "call me", "«call me» is not a telephone number."),
        ("name", "x" * 10_000, "200"),
    ],
)
def test_wrong_answer_is_told_and_what_was_written_stays(
    as_anna: Client, field: str, wrong: str, words: str
) -> None:
    text = _text(as_anna.post("/customers/add/", _typed(DAN) | {field: wrong}))
    assert words in text
    assert (wrong in text, DAN.organisation in text, Customer.objects.count()) == (True, True, 0)


def test_change_is_saved(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    as_anna.post(
        f"/customers/{cilla}/edit/", _typed(CILLA, revision=1) | {"phones": "08-465 004 00\n070-174 06 05"}
    )
    assert in_force()[CILLA.name].phones == ("08-465 004 00", "070-174 06 05")


def test_one_of_several_addresses_is_changed(as_anna: Client) -> None:
    second = Address("Sommarvägen 2", "457 91", "Tanumshede")
    details = Details(name="Two homes", addresses=(Address("Storgatan 1"), second))
    [customer] = add(details)
    as_anna.post(f"/customers/{customer}/edit/", _typed(details, revision=1) | {"street_0": "Lillgatan 3"})
    assert in_force()["Two homes"].addresses == (Address("Lillgatan 3"), second)


def test_form_shows_what_an_import_brought_and_saves_it_unchanged(as_anna: Client) -> None:
    long = Details(
        name="Åsa", emails=tuple(f"kund{number:03}@example.se" for number in range(150)), note="ring\n" * 3999 + "x",
        addresses=(Address("c/o Ek, Storgatan 1", "x" * 200, "y" * 200, "z" * 200),),
        tags=tuple(f"tag {number:03}" for number in range(400)),
    )  # fmt: skip
    [customer] = add(long)
    answer = as_anna.post(f"/customers/{customer}/edit/", _typed(long, revision=1))
    assert (answer.status_code, Customer.objects.get().revision, in_force()) == (302, 1, {"Åsa": long})


def test_two_people_at_once_lose_nothing(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    bo = Details(name=CILLA.name, note="Bo wrote this.")
    records.change_customer(
        reach=EVERYBODY, customer=cilla, seen_revision=1, details=bo, actor=MACHINE, at=NOW
    )
    hers = _typed(CILLA, revision=1) | {"note": "Anna wrote this."}
    answer = as_anna.post(f"/customers/{cilla}/edit/", hers)
    text = _text(answer)
    assert "Someone else changed this customer" in text
    assert "Anna wrote this." in text
    assert in_force()[CILLA.name] == bo
    # She compares, and sends the same form again: now she has seen his.
    hers["revision"] = answer.context["form"]["revision"].value()
    assert f'value="{hers["revision"]}"' in text
    assert as_anna.post(f"/customers/{cilla}/edit/", hers).status_code == 302
    assert in_force()[CILLA.name].note == "Anna wrote this."


def test_change_of_a_customer_deleted_meanwhile_is_not_found(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    assert as_anna.post(f"/customers/{cilla}/edit/", _typed(CILLA, revision=1)).status_code == 404


def test_every_look_at_a_customer_is_told_with_its_page(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    for page in ("", "edit/", "erase/"):
        as_anna.get(f"/customers/{cilla}/{page}")
    told = [entry.facts for entry in audit.entries_about(cilla) if entry.action == "customers.viewed"]
    assert told == [{"page": "erase"}, {"page": "edit"}, {"page": "card"}]


def test_damaged_customer_is_told_in_words_and_the_list_still_works(as_anna: Client) -> None:
    cilla, _dan = add(CILLA, DAN)
    Customer.objects.filter(pk=cilla).update(details_sealed=b"")
    answer = as_anna.get(f"/customers/{cilla}/")
    assert (answer.status_code, "This entry is damaged" in _text(answer)) == (409, True)
    assert DAN.name in _text(as_anna.get("/customers/"))


def test_markup_in_details_is_shown_and_not_obeyed(as_anna: Client) -> None:
    odd = Details(
        name=ODD, organisation=ODD, emails=(ODD,), phones=(ODD,), addresses=(Address(ODD, ODD, ODD, ODD),),
        note=f"{ODD}\n\n{ODD}", tags=(ODD,), source=ODD,
    )  # fmt: skip
    [customer] = add(odd)
    pages = [as_anna.get(f"/customers/{customer}/{page}") for page in ("", "edit/", "erase/")]
    pages += [as_anna.get("/customers/"), as_anna.post("/customers/search/", {"text": "alert"}, follow=True)]
    pages += [as_anna.post("/customers/search/", {"text": "alert"}, headers={"HX-Request": "true"})]
    pages += [as_anna.post(f"/customers/{customer}/erase/", {"name": ODD[::-1], "ground": "DUE"})]
    for page in pages:
        assert (page.status_code, "<script>alert" in _text(page)) == (200, False)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in _text(page)


@pytest.mark.parametrize("page", ["/customers/", "card"])
def test_number_of_questions_does_not_grow_with_the_register(as_anna: Client, page: str) -> None:
    [cilla] = add(CILLA)
    address = f"/customers/{cilla}/" if page == "card" else page

    def asked() -> int:
        as_anna.get(address)
        with CaptureQueriesContext(connection) as queries:
            as_anna.get(address)
        return len(queries)

    few = asked()
    bring_in(people(range(60)))
    assert asked() == few <= 12
