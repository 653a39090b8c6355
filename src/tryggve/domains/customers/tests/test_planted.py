"""Whom Tryggve makes up to search the disk for is, while that lasts, no customer for anything else."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.models import Customer, CustomField
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.selectors import exported, merges, register
from tryggve.domains.customers.services import custom_fields, planting, responsible
from tryggve.domains.customers.tests.lists import MACHINE, add

pytestmark = pytest.mark.django_db
_WORD = "Kvåabcdefgh"


@pytest.fixture(autouse=True)
def planted(db: None) -> Iterator[UUID]:
    register_index.forget()
    yield planting.plant(_WORD, at=NOW)
    planting.remove_planted(at=NOW)


def test_who_is_made_up_is_written_to_by_no_tag_and_by_none(planted: UUID) -> None:
    [cilla] = add(CILLA)
    assert [one.id for one in customers.people_tagged((), reach=EVERYBODY)] == [cilla]
    assert customers.people_tagged([_WORD], reach=EVERYBODY) == []
    assert (customers.person(planted), customers.kept_people([planted])) == (None, {})
    assert customers.with_email(f"{_WORD}@example.invalid", most=1) == []


def test_who_is_made_up_is_never_due(planted: UUID) -> None:
    later = NOW.replace(year=2060)
    [cilla] = add(CILLA)
    assert [one.id for one in customers.last_written([planted, cilla])] == [cilla]
    assert [[one.id for one in some] for some in customers.unchanged_since(later)] == [[cilla]]


def test_who_is_made_up_is_given_to_nobody_to_look_after(planted: UUID, anna: User, bo: User) -> None:
    [cilla] = add(CILLA)
    responsible.share_out(people=[bo.pk], actor=anna.actor, at=NOW)
    looked_after = dict(Customer.objects.values_list("pk", "responsible_ref"))
    assert looked_after == {planted: None, cilla: bo.pk}
    assert Entry.objects.get(action="customers.shared-out").facts == {"count": 1}
    assert responsible.count_of(bo.pk) == 1


def test_what_who_is_made_up_answered_holds_no_field_fast() -> None:
    field = custom_fields.add_field(
        name="Blood group", kind="TEXT", choices=[], is_sensitive=True, actor=MACHINE, at=NOW
    )
    custom_fields.change_field(
        field=field, name="Blood group", kind="NUMBER", choices=[], is_sensitive=False, actor=MACHINE, at=NOW
    )
    assert CustomField.objects.get().kind == "NUMBER"


def test_a_register_with_nobody_else_counts_as_empty() -> None:
    assert (register.is_there_a_customer(), customers.first_customers(1)) == (False, [])
    assert (register.tags_in_use(reach=EVERYBODY), list(exported.customers_in_view(reach=EVERYBODY))) == (
        [],
        [],
    )


def test_who_is_made_up_twice_is_nobodys_double() -> None:
    planting.plant(_WORD, at=NOW)
    pairs = merges.possible_doubles(number=1, actor=MACHINE, at=NOW, reach=EVERYBODY, with_numbers=True)
    assert list(pairs.object_list) == []


@pytest.mark.parametrize("damaged", [b"", b"x", b"\xff" * 80])
def test_who_was_made_up_and_then_damaged_is_taken_away_all_the_same(planted: UUID, damaged: bytes) -> None:
    Customer.objects.filter(pk=planted).update(details_sealed=damaged)
    assert planting.remove_planted(at=NOW) == 1
    assert not Customer.objects.exists()
