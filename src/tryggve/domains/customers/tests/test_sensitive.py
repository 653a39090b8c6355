"""The sensitive half of a customer: kept apart, under the same key, with tags in the details."""

import threading
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import connections

from tests.cast import CILLA, DAN, NOW
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY, Reach, Refused
from tryggve.audit import details as sealed_words
from tryggve.audit import selectors as audit
from tryggve.audit.models import Entry
from tryggve.domains.customers import number_tags, routines, sealing
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.selectors import sensitive as selectors
from tryggve.domains.customers.services import halves, records
from tryggve.domains.customers.services import sensitive as services
from tryggve.domains.customers.tests import deleting, power
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.customers.tests.numbers import CILLAS, DANS, FIRMS, details_of, keep, kept_of
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)
ANNA = f"user:{new_id()}"


def _reveal(customer: UUID, *, reason: str = "invoice", reach: Reach = EVERYBODY) -> selectors.Revealed:
    return selectors.sensitive_revealed(customer=customer, reason=reason, actor=ANNA, at=NOW, reach=reach)


def test_what_is_kept_is_revealed_with_its_revision() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS, custom=[("field", "nuts")])
    assert _reveal(cilla) == selectors.Revealed(cilla, 1, Sensitive((CILLAS,), (("field", "nuts"),)))


def test_change_is_in_the_log_by_its_fields_alone() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS, actor=ANNA)
    entry = audit.newest_entries(limit=1)[0]
    assert (entry.action, entry.actor, entry.subject, entry.facts) == (
        "customers.sensitive-changed", ANNA, cilla, {"fields": ["numbers"]},
    )  # fmt: skip


def test_look_is_in_the_log_with_its_reason_sealed_under_the_customers_key() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    _reveal(cilla, reason="  she asked what we keep ")
    entry = audit.newest_entries(limit=1)[0]
    assert (entry.action, entry.subject, entry.facts) == (
        "customers.sensitive-viewed", cilla, {"numbers": 1, "answers": 0},
    )  # fmt: skip
    assert sealed_words.told([entry])[entry.pk].words == {"reason": "she asked what we keep"}
    deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    assert sealed_words.told([entry])[entry.pk].state == "erased"


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_nothing_is_opened_without_a_reason(reason: str) -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    count = Entry.objects.count()
    with pytest.raises(selectors.NoReason):
        _reveal(cilla, reason=reason)
    assert Entry.objects.count() == count


def test_what_is_not_within_reach_is_neither_opened_nor_changed() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    reach = Reach(frozenset({uuid4()}))
    with pytest.raises(Refused):
        _reveal(cilla, reach=reach)
    with pytest.raises(Refused):
        selectors.what_is_kept(customer=cilla, reach=reach)
    with pytest.raises(Refused):
        services.change_sensitive(
            customer=cilla, seen_revision=1, sensitive=Sensitive(), actor=ANNA, at=NOW, reach=reach
        )
    assert kept_of(cilla).numbers == (CILLAS,)


def test_gone_customer_is_told_as_gone() -> None:
    with pytest.raises(register.NoSuchCustomer):
        _reveal(uuid4())
    with pytest.raises(records.AlreadyGone):
        keep(uuid4(), CILLAS)


def test_who_was_overtaken_is_told_and_overwrites_nothing() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    with pytest.raises(records.ChangedMeanwhile):
        keep(cilla, DANS, seen=0)
    keep(cilla, CILLAS, FIRMS, seen=1)
    assert kept_of(cilla).numbers == (CILLAS, FIRMS)


def test_of_two_at_once_one_is_told(race: Callable[..., list[object]]) -> None:
    [cilla] = add(CILLA)
    outcomes = race(lambda: keep(cilla, CILLAS), lambda: keep(cilla, DANS))
    assert sorted(type(one).__name__ for one in outcomes) == ["ChangedMeanwhile", "NoneType"]
    assert len(kept_of(cilla).numbers) == 1


@pytest.fixture
def race() -> Callable[..., list[object]]:
    """Do things at the same time, each on a connection of its own; what each ended with."""

    def run(*deeds: Callable[[], None]) -> list[object]:
        ready, outcomes = threading.Barrier(len(deeds)), list[object]()

        def one(deed: Callable[[], None]) -> None:
            try:
                ready.wait(timeout=30)
                outcomes.append(deed())  # type: ignore[func-returns-value]  # None is what went well
            except Exception as error:  # noqa: BLE001 - told to the test
                outcomes.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=(deed,)) for deed in deeds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return outcomes

    return run


def test_same_again_changes_nothing() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    row, entries = Customer.objects.get(pk=cilla), Entry.objects.count()
    keep(cilla, CILLAS, seen=1)
    now = Customer.objects.get(pk=cilla)
    assert (now.sensitive_revision, now.revision, Entry.objects.count()) == (1, row.revision, entries)


def test_taken_away_nothing_is_kept_and_the_revision_goes_on() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    keep(cilla, seen=1)
    row = Customer.objects.get(pk=cilla)
    assert (row.sensitive_sealed, row.sensitive_revision, details_of(cilla)) == (None, 2, CILLA)


def test_details_carry_tags_and_nothing_else_of_it() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS, FIRMS)
    details = details_of(cilla)
    assert replace(details, number_tags=()) == CILLA
    assert details.number_tags == number_tags.made([CILLAS, FIRMS])
    assert all(len(tag) == 32 for tag in details.number_tags)


def test_sensitive_half_opens_only_as_what_it_is() -> None:
    [cilla, dan] = add(CILLA, DAN)
    keep(cilla, CILLAS)
    keep(dan, DANS)
    row, other = Customer.objects.get(pk=cilla), Customer.objects.get(pk=dan)
    blob = bytes(row.sensitive_sealed or b"")
    assert vault.key_id_of(blob) == vault.key_id_of(bytes(row.details_sealed))
    for wrong in (
        sealing.sensitive_binding(cilla, 2),
        sealing.customer_binding(cilla, 1),
        sealing.sensitive_binding(dan, 1),
    ):
        with pytest.raises(vault.Damaged):
            vault.keyring().open(blob, bound_to=wrong)
    other.sensitive_sealed = blob
    with pytest.raises(vault.Damaged):
        sealing.opened_sensitive(other)


def test_change_of_the_card_loses_no_tags() -> None:
    """Whoever writes the card may not have them at hand."""
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    tags = details_of(cilla).number_tags
    records.change_customer(
        customer=cilla,
        seen_revision=2,
        details=replace(CILLA, name="Cilla Ek"),
        actor=MACHINE,
        at=NOW,
        reach=EVERYBODY,
    )
    now = details_of(cilla)
    assert (now.name, now.number_tags, kept_of(cilla).numbers) == ("Cilla Ek", tags, (CILLAS,))


def test_power_cut_leaves_both_halves_or_neither() -> None:
    [cilla, dan] = add(CILLA, DAN)
    points = power.points_of(lambda: keep(dan, DANS))
    assert points[-1] == "customer: sensitive details changed"
    for place in range(1, len(points) + 1):
        with power.cut_at(place):
            keep(cilla, CILLAS)
        assert (kept_of(cilla), details_of(cilla)) == (Sensitive(), CILLA)


def test_key_of_the_tags_is_named_as_in_use_so_that_it_is_never_collected() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    assert number_tags.REGISTER in set(routines.keys_in_use())
    assert vault.keyring().missing([number_tags.REGISTER]) == set()


def test_new_customers_are_sealed_many_at_once() -> None:
    """What an import does: details with their tags first, then the other half under the key that they named."""
    sensitive = Sensitive((CILLAS,))
    tagged = halves.with_tags(CILLA, sensitive.numbers)
    [cilla] = add(tagged)
    row = Customer.objects.get(pk=cilla)
    key = vault.key_id_of(bytes(row.details_sealed))
    [row.sensitive_sealed] = halves.sealed_for_new([halves.ForNew(cilla, key, sensitive)], revision=1)
    row.sensitive_revision = 1
    row.save()
    assert (kept_of(cilla), details_of(cilla)) == (sensitive, tagged)
