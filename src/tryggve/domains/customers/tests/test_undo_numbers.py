"""Identity numbers that a list brought: an undo takes them back, with the customer whom it made."""

from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tryggve import vault
from tryggve.domains.customers import number_tags, sealing
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import imported, undoing
from tryggve.domains.customers.services import undo_jobs
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, in_force
from tryggve.domains.customers.tests.numbers import CILLAS, CILLAS_WRITTEN, FIRMS, details_of, keep, kept_of

pytestmark = pytest.mark.django_db(transaction=True)

LIST = f"Namn;E-post;Personnr\nÅsa Ek;asa@example.se;{CILLAS_WRITTEN}\nBo Ek;bo@example.se;\n".encode()


@pytest.fixture
def batch() -> UUID:
    """A list of two new customers, one of them with a number."""
    return UUID(bring_in(LIST).import_id)


def _undo(batch: UUID) -> None:
    undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    undo_jobs.run_ordered(batch=batch, at=NOW)


def _with_number() -> Customer:
    return Customer.objects.get(sensitive_sealed__isnull=False)


def _counts(batch: UUID) -> tuple[int, int]:
    shown = undoing.preview(batch=batch, actor=MACHINE, at=NOW)
    return shown.deleted, shown.used


def test_undo_deletes_a_customer_whose_number_the_list_brought(batch: UUID) -> None:
    assert sealing.opened_sensitive(_with_number()) == Sensitive((CILLAS,))
    assert _counts(batch) == (2, 0)
    _undo(batch)
    assert (in_force(), Customer.objects.count()) == ({}, 0)


def test_undo_leaves_a_customer_whose_sensitive_details_somebody_changed(batch: UUID) -> None:
    keep(_with_number().pk, CILLAS, custom=[("field", "Nuts")])
    assert _counts(batch) == (1, 1)
    _undo(batch)
    assert list(in_force()) == ["Åsa Ek"]
    assert sealing.opened_sensitive(_with_number()) == Sensitive((CILLAS,), (("field", "Nuts"),))


# Customers who were here before


OF_CILLA = f"Namn;E-post;Personnr\n{CILLA.name};{CILLA.emails[0]};{CILLAS_WRITTEN}\n".encode()


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


def _undone(batch: UUID) -> tuple[int, int]:
    """Restored whole, and in part."""
    told = imported.import_shown(batch=batch, actor=MACHINE, at=NOW).undo
    assert told is not None
    return told.restored, len(told.partly)


def test_undo_takes_a_number_away_from_who_was_here_before(cilla: UUID) -> None:
    batch = UUID(bring_in(OF_CILLA).import_id)
    _undo(batch)
    row = Customer.objects.get()
    assert (row.sensitive_sealed, row.sensitive_revision, details_of(cilla)) == (None, 2, CILLA)
    assert _undone(batch) == (1, 0)


@pytest.mark.parametrize("is_before", [True, False])
def test_undo_leaves_sensitive_answers(cilla: UUID, is_before: bool) -> None:
    if is_before:
        keep(cilla, custom=[("field", "Nuts")])
    batch = UUID(bring_in(OF_CILLA).import_id)
    if not is_before:
        keep(cilla, CILLAS, custom=[("field", "Nuts")], seen=1)
    _undo(batch)
    assert (kept_of(cilla), details_of(cilla)) == (Sensitive((), (("field", "Nuts"),)), CILLA)
    assert _undone(batch) == (1, 0)


def test_undo_leaves_a_number_that_somebody_added_since(cilla: UUID) -> None:
    batch = UUID(bring_in(OF_CILLA).import_id)
    keep(cilla, CILLAS, FIRMS, seen=1)
    _undo(batch)
    assert (kept_of(cilla).numbers, len(details_of(cilla).number_tags)) == ((FIRMS,), 1)
    assert _undone(batch) == (1, 0)


def test_undo_leaves_a_number_that_somebody_wrote_in_its_place_and_tells_it(cilla: UUID) -> None:
    batch = UUID(bring_in(OF_CILLA).import_id)
    keep(cilla, FIRMS, seen=1)
    _undo(batch)
    assert (kept_of(cilla).numbers, _undone(batch)) == ((FIRMS,), (0, 1))


def test_undo_of_a_list_that_brought_no_number_leaves_the_one_that_was_there(cilla: UUID) -> None:
    keep(cilla, CILLAS)
    batch = UUID(
        bring_in(
            OF_CILLA.replace(b"Personnr", b"Anteckning").replace(CILLAS_WRITTEN.encode(), b"tea")
        ).import_id
    )
    _undo(batch)
    assert (kept_of(cilla).numbers, len(details_of(cilla).number_tags)) == ((CILLAS,), 1)


def test_number_of_a_second_list_and_then_its_customer_are_taken_back() -> None:
    first = UUID(bring_in(OF_CILLA.replace(CILLAS_WRITTEN.encode(), b"")).import_id)
    _undo(UUID(bring_in(OF_CILLA).import_id))
    assert _counts(first) == (1, 0)
    _undo(first)
    assert Customer.objects.count() == 0


def test_number_that_is_known_by_no_tag_any_more_stays_and_is_told(cilla: UUID) -> None:
    batch = UUID(bring_in(OF_CILLA).import_id)
    vault.keyring().destroy_keys([number_tags.REGISTER])
    _undo(batch)
    assert (kept_of(cilla).numbers, _undone(batch)) == ((CILLAS,), (0, 1))


@pytest.mark.parametrize(
    ("content", "told"), [(OF_CILLA, (0, 1)), (OF_CILLA.replace(b"Personnr", b"Titel"), (1, 0))]
)
def test_undo_leaves_a_sensitive_half_that_does_not_open(
    cilla: UUID, content: bytes, told: tuple[int, int]
) -> None:
    batch = UUID(bring_in(content).import_id)
    Customer.objects.update(sensitive_sealed=b"damaged")
    _undo(batch)
    assert (bytes(Customer.objects.get().sensitive_sealed or b""), _undone(batch)) == (b"damaged", told)
