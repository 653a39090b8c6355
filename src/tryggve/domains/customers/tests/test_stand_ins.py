"""Whom Tryggve makes up for days, so that backups hold somebody to be tried with, is no customer for anything else."""

from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.audit.models import Entry
from tryggve.domains.customers import actions
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.models import Customer, CustomField
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.selectors import exported, merges, planted, register
from tryggve.domains.customers.services import custom_fields, planting, responsible
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db
_WORDS = "5f0c1a"


@pytest.fixture(autouse=True)
def stand_in(db: None) -> UUID:
    register_index.forget()
    return customers.add_stand_in(_WORDS, at=NOW, deed=actions.PLANTED)


def _erase(customer: UUID) -> None:
    customers.destroy(
        customer=customer, actor=actors.SYSTEM, at=NOW, deed=actions.DELETED, settle=lambda _erased: None
    )


def test_is_written_to_by_no_tag_and_by_none(stand_in: UUID) -> None:
    [cilla] = add(CILLA)
    assert [one.id for one in customers.people_tagged((), reach=EVERYBODY)] == [cilla]
    assert (customers.person(stand_in), customers.kept_people([stand_in])) == (None, {})
    assert customers.known_again_by(stand_in) == []


def test_is_found_by_no_search(stand_in: UUID) -> None:
    [cilla] = add(CILLA)
    with register_index.fresh() as index:
        assert (list(index.find(_WORDS, limit=9)), list(index.find(CILLA.name, limit=9))) == ([], [cilla])


def test_is_never_due(stand_in: UUID) -> None:
    later = NOW.replace(year=2060)
    [cilla] = add(CILLA)
    assert [one.id for one in customers.last_written([stand_in, cilla])] == [cilla]
    assert [[one.id for one in some] for some in customers.unchanged_since(later)] == [[cilla]]


def test_is_given_to_nobody_to_look_after(stand_in: UUID, anna: User, bo: User) -> None:
    [cilla] = add(CILLA)
    responsible.share_out(people=[bo.pk], actor=anna.actor, at=NOW)
    looked_after = dict(Customer.objects.values_list("pk", "responsible_ref"))
    assert looked_after == {stand_in: None, cilla: bo.pk}
    assert Entry.objects.get(action="customers.shared-out").facts == {"count": 1}


def test_holds_no_field_fast(stand_in: UUID) -> None:
    field = custom_fields.add_field(
        name="Blood group", kind="TEXT", choices=[], is_sensitive=True, actor=MACHINE, at=NOW
    )
    Customer.objects.filter(pk=stand_in).update(sensitive_sealed=b"something")
    custom_fields.change_field(
        field=field, name="Blood group", kind="NUMBER", choices=[], is_sensitive=False, actor=MACHINE, at=NOW
    )
    assert CustomField.objects.get().kind == "NUMBER"


def test_leaves_the_register_empty() -> None:
    assert (register.is_there_a_customer(), customers.first_customers(1)) == (False, [])
    assert list(exported.customers_in_view(reach=EVERYBODY)) == []
    assert customers.random_cards(9) == []
    assert planted.addresses_sought() == frozenset()


def test_twice_is_nobodys_double() -> None:
    customers.add_stand_in(_WORDS, at=NOW, deed=actions.PLANTED)
    pairs = merges.possible_doubles(number=1, actor=MACHINE, at=NOW, reach=EVERYBODY, with_numbers=True)
    assert list(pairs.object_list) == []


def test_is_told_in_no_data_request(stand_in: UUID) -> None:
    told = privacy.export_person(Subject(Kind.CUSTOMER, stand_in), actor=MACHINE, at=NOW)
    assert [part.code for held in told.held for part in held.parts] == ["entries"]
    assert _WORDS not in str(told.to_json())


def test_stays_when_those_who_are_made_up_for_a_search_are_taken_away(stand_in: UUID) -> None:
    planting.plant("Kvåabcdefgh", at=NOW)
    assert planting.remove_planted(at=NOW) == 1
    assert list(Customer.objects.values_list("pk", flat=True)) == [stand_in]


def test_is_erased_with_an_entry_in_the_ledger(stand_in: UUID) -> None:
    [card] = customers.sealed_cards([stand_in])
    assert customers.name_on(card, vault.keyring()) == _WORDS
    _erase(stand_in)
    assert (customers.sealed_cards([stand_in]), vault.destroyed_keys_of(stand_in)) == ([], [card.key])
    with pytest.raises(vault.KeyGone):
        customers.name_on(card, vault.keyring())


def test_that_came_back_with_an_older_copy_is_nobody_who_was_erased(stand_in: UUID) -> None:
    [cilla] = add(CILLA)
    rows = list(Customer.objects.all())
    _erase(stand_in)
    Customer.objects.bulk_create([row for row in rows if row.pk == stand_in])
    assert customers.still_there([stand_in, cilla]) == {cilla}
