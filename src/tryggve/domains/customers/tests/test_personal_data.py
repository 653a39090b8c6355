from dataclasses import replace
from uuid import UUID

import pytest

from tests.cast import CILLA, DAN, NOW
from tryggve import vault
from tryggve.audit import selectors as audit
from tryggve.domains.customers import routines
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.services import records
from tryggve.domains.customers.tests import deleting, power
from tryggve.domains.customers.tests.lists import add, bring_in, csv_of, in_force
from tryggve.lib.ids import new_id
from tryggve.privacy import registry
from tryggve.privacy import services as privacy
from tryggve.privacy.export import UNREADABLE, Held, Json
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db(transaction=True)
ANNA = f"user:{new_id()}"
LEFT = {"customers.register": 0, "customers.imports": 0, "customers.merges": 0}


def _held(customer: UUID) -> dict[str, Held]:
    export = privacy.export_person(Subject(Kind.CUSTOMER, customer), actor=ANNA, at=NOW)
    return {held.code: held for held in export.held}


def _values(held: Held) -> list[tuple[str, str, Json]]:
    return [(value.code, str(value.title), value.content) for part in held.parts for value in part.values]


def _erase(customer: UUID) -> dict[str, int]:
    erased = privacy.erase_person(Subject(Kind.CUSTOMER, customer), actor=ANNA, at=NOW)
    return {code: count for code, count in erased.items() if code in LEFT}


def _customer_of_a_list() -> UUID:
    """Cilla, known before a list named her again with another telephone number and the size of her shoes."""
    [cilla] = add(CILLA)
    bring_in(csv_of(f"{CILLA.name};{CILLA.emails[0]};;Written in a list.;38"))
    return cilla


def test_card_is_exported_with_titles_source_and_time() -> None:
    [cilla] = add(CILLA)
    held = _held(cilla)["customers.register"]

    assert _values(held) == [
        ("kind", "Person or organisation", "person"),
        ("name", "Name", "Cilla Åkerström"),
        ("emails", "E-mail", ("cilla@example.se",)),
        ("phones", "Telephone", ("070-174 06 05",)),
        (
            "addresses",
            "Address",
            ({"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": ""},),
        ),
        ("note", "Note", "Likes to be called in the morning."),
        ("tags", "Tags", ("vip",)),
    ]
    assert [(part.since, part.source) for part in held.parts] == [(NOW, "autumn fair")]


def test_what_a_list_said_besides_is_exported_for_that_customer_alone() -> None:
    cilla = _customer_of_a_list()
    bring_in(csv_of("Dan Ek;dan@example.se;;;47"))

    assert ("kept", "Shoe size", "38") in _values(_held(cilla)["customers.imports"])
    assert "47" not in [content for _code, _title, content in _values(_held(cilla)["customers.imports"])]
    assert _values(_held(new_id())["customers.imports"]) == []


def test_export_of_somebody_unknown_has_no_parts() -> None:
    assert {held.parts for held in _held(new_id()).values()} == {()}


def test_export_says_that_there_is_something_that_cannot_be_opened() -> None:
    [cilla] = add(CILLA)
    Customer.objects.filter(pk=cilla).update(details_sealed=b"damaged")
    assert [part.code for part in _held(cilla)["customers.register"].parts] == [UNREADABLE]


def test_export_writes_one_entry() -> None:
    [cilla] = add(CILLA)
    _held(cilla)
    assert [entry.action for entry in audit.entries_about(cilla)] == ["privacy.exported", "customers.added"]


def test_eraser_leaves_nothing_of_that_customer_and_a_second_one_finds_nothing() -> None:
    cilla = _customer_of_a_list()
    [dan] = add(DAN)

    assert _erase(cilla) == LEFT | {"customers.register": 1, "customers.imports": 2}  # the row, and the image
    held = _held(cilla)
    assert (held["customers.register"].parts, held["customers.imports"].parts) == ((), ())
    assert _erase(cilla) == LEFT
    assert list(Customer.objects.values_list("pk", flat=True)) == [dan]


def test_erased_customer_leaves_the_search_index() -> None:
    [cilla] = add(CILLA)
    with register_index.fresh() as index:
        assert index.find("cilla", limit=5) == [cilla]

    _erase(cilla)
    with register_index.fresh() as index:
        assert index.find("cilla", limit=5) == []


def test_deleted_customer_is_erased_from_every_holding_under_the_registers_own_word() -> None:
    cilla = _customer_of_a_list()
    deleting.delete_customer(customer=cilla, actor=ANNA, at=NOW)

    assert (in_force(), _erase(cilla)) == ({}, LEFT)
    assert [entry.action for entry in audit.entries_about(cilla, limit=1)] == ["customers.deleted"]


def test_deletion_erases_nothing_when_one_eraser_fails_and_is_carried_out_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(person: UUID) -> int:
        raise ZeroDivisionError

    [cilla] = add(CILLA)
    key = vault.key_id_of(bytes(Customer.objects.get(pk=cilla).details_sealed))
    sound = registry.holdings(Kind.CUSTOMER)[-1]
    broken = replace(sound, code="rights.planted", erase=fail)
    with monkeypatch.context() as planted:
        planted.setitem(registry._holdings, broken.code, broken)
        with pytest.raises(ZeroDivisionError):
            deleting.delete_customer(customer=cilla, actor=ANNA, at=NOW)
        assert Customer.objects.get(pk=cilla).state == Customer.State.DESTROYING

    assert records.finish_deletions(actor="system", at=NOW) == 1
    assert (key in power.keys_kept(), Customer.objects.count()) == (False, 0)


def test_rule_of_imports_is_what_the_routine_does() -> None:
    (rule,) = [one.retention for one in registry.holdings() if one.code == "customers.imports"]
    assert rule.kept_for.days == routines.KEEP_LEAVINGS.days
