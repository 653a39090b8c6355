"""An import taken back where cards that it made or changed were merged with others."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import NOW
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer, ImportImage
from tryggve.domains.customers.register_index import RegisterIndex
from tryggve.domains.customers.selectors import imported, undoing
from tryggve.domains.customers.selectors.waiting import waiting
from tryggve.domains.customers.services import imports, merge_undo, records, undo_jobs
from tryggve.domains.customers.tests import deleting, merging, power
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, in_force

pytestmark = pytest.mark.django_db(transaction=True)

OLD = Details(name="Gerda Lind", emails=("gerda@example.se",))
ASA = "Åsa Ek;asa@example.se;;;43"


@pytest.fixture
def old() -> UUID:
    return add(OLD)[0]


@pytest.fixture
def batch(old: UUID) -> UUID:
    """A list that made Åsa, when Gerda was there."""
    return UUID(bring_in(csv_of(ASA)).import_id)


def _id_of(title: str) -> UUID:
    with RegisterIndex().fresh() as index:
        return index.find(title.casefold(), limit=1)[0]


def _undo(batch: UUID, *, is_used_too: bool = False) -> None:
    undo_jobs.order_undo(batch=batch, is_used_too=is_used_too, actor=MACHINE, at=NOW)
    undo_jobs.run_ordered(batch=batch, at=NOW)


def _told(batch: UUID) -> tuple[int, list[str]]:
    """How many were deleted, and who was kept."""
    undone = imported.import_shown(batch=batch, actor=MACHINE, at=NOW).undo
    assert undone is not None
    return undone.deleted, list(undone.kept)


def _key_of(customer: UUID) -> UUID:
    return vault.key_id_of(bytes(Customer.objects.get(pk=customer).details_sealed))


@pytest.mark.parametrize("is_used_too", [True, False])
def test_card_into_which_an_older_one_was_merged_stays_and_can_be_parted(
    old: UUID, batch: UUID, is_used_too: bool
) -> None:
    asa, before = _id_of("Åsa Ek"), merging.told(old)
    merged, key = merging.merge(asa, old), _key_of(old)
    _undo(batch, is_used_too=is_used_too)
    assert (list(in_force()), _told(batch), key in power.keys_kept()) == (["Åsa Ek"], (0, [str(asa)]), True)
    merging.undo(merged)
    assert merging.told(old) == before


def test_card_whose_merge_is_settled_stays_too(old: UUID, batch: UUID) -> None:
    merging.merge(_id_of("Åsa Ek"), old)
    merge_undo.settle_merges(before=NOW + timedelta(days=31), actor="system", at=NOW)
    _undo(batch, is_used_too=True)
    assert list(in_force()) == ["Åsa Ek"]


def test_what_an_earlier_import_kept_of_the_merged_card_stays(old: UUID) -> None:
    first = UUID(bring_in(csv_of(f"{OLD.name};{OLD.emails[0]};070-1740605;tea;")).import_id)
    batch = UUID(bring_in(csv_of(ASA)).import_id)
    merged = merging.merge(_id_of("Åsa Ek"), old)
    _undo(batch, is_used_too=True)
    assert ImportImage.objects.filter(batch_ref=first, customer_ref=old).count() == 1
    merging.undo(merged)
    _undo(first)
    assert in_force()[OLD.name] == OLD


def test_deletion_by_a_person_that_was_cut_is_not_ended_by_the_undo(old: UUID, batch: UUID) -> None:
    """It would leave behind the card that was merged into that one."""
    asa = _id_of("Åsa Ek")
    merging.merge(asa, old)
    undo_jobs.order_undo(batch=batch, is_used_too=True, actor=MACHINE, at=NOW)
    with power.cut_at(1):
        deleting.delete_customer(customer=asa, actor=MACHINE, at=NOW)
    undo_jobs.run_ordered(batch=batch, at=NOW)
    records.finish_deletions(actor="system", at=NOW)
    assert Customer.objects.count() == 0
    for customer in (asa, old):
        assert [one.action for one in audit.entries_about(customer, limit=1)] == ["customers.deleted"]


def test_deletion_by_a_person_is_finished_while_an_undo_waits(old: UUID, batch: UUID) -> None:
    asa = _id_of("Åsa Ek")
    merging.merge(asa, old)
    undo_jobs.order_undo(batch=batch, is_used_too=True, actor=MACHINE, at=NOW)
    with power.cut_at(1):
        deleting.delete_customer(customer=asa, actor=MACHINE, at=NOW)
    assert records.finish_deletions(actor="system", at=NOW) == 1
    assert Customer.objects.count() == 0


def test_merge_that_was_undone_leaves_a_new_customer_as_the_import_made_them(old: UUID, batch: UUID) -> None:
    third = add(Details(name="Bo Lund"))[0]
    merging.keep_number(third, Sensitive((merging.NUMBER,)))
    asa = _id_of("Åsa Ek")
    first = merging.merge(asa, old)
    merging.undo(merging.merge(asa, third))
    merging.undo(first)
    shown = undoing.preview(batch=batch, actor=MACHINE, at=NOW)
    assert (shown.deleted, shown.used) == (1, 0)
    _undo(batch)
    assert sorted(in_force()) == ["Bo Lund", OLD.name]


def test_merge_that_was_undone_leaves_a_known_customer_as_the_import_left_them(old: UUID) -> None:
    batch = UUID(bring_in(csv_of(f"{OLD.name};{OLD.emails[0]};;tea;")).import_id)
    merging.undo(merging.merge(old, add(Details(name="Bo Lund"))[0]))
    shown = undoing.preview(batch=batch, actor=MACHINE, at=NOW)
    assert (shown.restored, shown.changed) == (1, 0)


def test_card_changed_since_the_merge_counts_as_worked_on(old: UUID, batch: UUID) -> None:
    asa = _id_of("Åsa Ek")
    merged = merging.merge(asa, old)
    records.change_customer(
        customer=asa,
        seen_revision=2,
        details=Details(name="Åsa Ek", job_title="Baker"),
        actor=MACHINE,
        at=NOW,
        reach=EVERYBODY,
    )
    merging.undo(merged)
    assert undoing.preview(batch=batch, actor=MACHINE, at=NOW).used == 1


def test_undo_that_was_cut_leaves_rows_of_other_lists_to_the_undo(batch: UUID) -> None:
    """It takes nothing out of them: the same people may come in again by another list."""
    row = "Åsa Ek;asa@example.se;070-1740605"
    other = imports.preview_file(name="b.csv", content=csv_of(row), source="", actor=MACHINE, at=NOW)
    counts = waiting(other).held.counts()
    undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)

    def cut(name: str) -> None:
        if name == "undo: customers marked for deletion":
            raise power.PowerCut

    with pytest.raises(power.PowerCut):
        power.watch(cut, lambda: undo_jobs.run_ordered(batch=batch, at=NOW))
    assert records.finish_deletions(actor="system", at=NOW) == 0
    assert waiting(other).held.counts() == counts
    undo_jobs.run_ordered(batch=batch, at=NOW)
    assert (waiting(other).held.counts(), list(in_force())) == (counts, [OLD.name])
