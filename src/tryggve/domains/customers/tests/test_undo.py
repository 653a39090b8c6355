"""An import taken back: what it made is gone with its keys, what it changed is as before, what people wrote stays."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import CILLA, DAN, NOW
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY, Refused
from tryggve.accounts.roles import Role
from tryggve.audit import selectors as audit
from tryggve.domains.customers.models import Customer, Import, ImportImage
from tryggve.domains.customers.register_index import RegisterIndex
from tryggve.domains.customers.selectors import undoing
from tryggve.domains.customers.services import (
    images,
    import_jobs,
    leavings,
    notes,
    papers,
    responsible,
    undo_jobs,
)
from tryggve.domains.customers.services.import_turn import turn
from tryggve.domains.customers.tests import deleting, power
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, hire, in_force, people
from tryggve.domains.customers.tests.undone import LIST, change, id_of, told, undo
from tryggve.routines import jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


@pytest.fixture
def batch(cilla: UUID) -> UUID:
    """A list that made Åsa and wrote something about Cilla."""
    return UUID(bring_in(LIST).import_id)


def test_undo_gives_back_what_was_there(cilla: UUID, batch: UUID) -> None:
    assert in_force()[CILLA.name].note != CILLA.note
    undo(batch)
    assert in_force() == {CILLA.name: CILLA}
    assert (told(batch), Import.objects.get(pk=batch).state) == ((1, 1, 0, 0), "UNDONE")


def test_whom_the_import_made_is_gone_with_the_key_and_from_every_search(cilla: UUID) -> None:
    keys = power.keys_kept()
    batch = UUID(bring_in(LIST).import_id)
    with RegisterIndex().fresh() as index:
        [asa] = index.find("åsa", limit=2)
    undo(batch)
    own = Import.objects.get(pk=batch).key_ref
    assert (power.keys_kept() - keys, Customer.objects.filter(pk=asa).count()) == ({own}, 0)
    with RegisterIndex().fresh() as index:
        assert index.find("åsa", limit=2) == []
    assert [entry.action for entry in audit.entries_about(asa)] == ["customers.deleted"]


def test_undo_is_in_the_log_with_its_counts(batch: UUID) -> None:
    undo(batch)
    entries = {entry.action: entry.facts for entry in audit.newest_entries()}
    assert entries["customers.import-undo-ordered"] == {"batch": str(batch), "used": False}
    assert entries["customers.import-undone"] == {
        "batch": str(batch), "deleted": 1, "restored": 1, "kept": 0, "partly": 0
    }  # fmt: skip


def test_what_the_import_left_goes_too(batch: UUID) -> None:
    undo(batch)
    row = Import.objects.get(pk=batch)
    assert (row.leftovers_sealed, ImportImage.objects.count()) == (None, 0)


def test_card_changed_since_loses_what_the_import_wrote_and_nothing_else(cilla: UUID, batch: UUID) -> None:
    now = in_force()[CILLA.name]
    note = f"{now.note}\n\nWritten in June."
    change(cilla, tags=("vip", "choir"), note=note, job_title="Carpenter")
    undo(batch)
    assert in_force()[CILLA.name] == replace(
        CILLA, tags=("vip", "choir"), note=f"{CILLA.note}\n\nWritten in June.", job_title="Carpenter"
    )
    assert told(batch) == (1, 1, 0, 0)


def test_what_somebody_wrote_over_the_import_stays_and_is_told(cilla: UUID, batch: UUID) -> None:
    change(cilla, note="All new.")
    undo(batch)
    assert in_force()[CILLA.name] == replace(CILLA, note="All new.")
    assert told(batch) == (1, 0, 0, 1)


@pytest.mark.parametrize("how", ["changed", "note", "responsible"])
@pytest.mark.parametrize("is_used_too", [False, True])
def test_new_customer_whom_somebody_worked_on_stays_unless_it_is_said_otherwise(
    batch: UUID, how: str, is_used_too: bool
) -> None:
    asa = id_of("Åsa Ek")
    if how == "changed":
        change(asa, job_title="Baker")
    elif how == "note":
        notes.add_note(customer=asa, text="Rang.", actor=MACHINE, at=NOW, reach=EVERYBODY)
    else:
        hire("user:00000000-0000-0000-0000-00000000000a")
        anna = User.objects.get().pk
        responsible.assign(customer=asa, responsible=anna, actor=MACHINE, at=NOW, reach=EVERYBODY)
    shown = undoing.preview(batch=batch, actor=MACHINE, at=NOW)
    assert (shown.deleted, shown.used, shown.restored, [title for _id, title in shown.named]) == (
        0, 1, 1, ["Åsa Ek"]
    )  # fmt: skip
    undo(batch, is_used_too=is_used_too)
    assert ("Åsa Ek" in in_force(), told(batch)) == (
        not is_used_too, (1, 1, 0, 0) if is_used_too else (0, 1, 1, 0)
    )  # fmt: skip


def test_undo_twice_is_told_and_does_nothing(batch: UUID) -> None:
    undo(batch)
    with pytest.raises(undo_jobs.NotUndoable):
        undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    undo_jobs.run_ordered(batch=batch, at=NOW)
    assert [entry.action for entry in audit.newest_entries()].count("customers.import-undone") == 1


def test_undo_waits_while_an_import_runs(batch: UUID) -> None:
    undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    with turn(), pytest.raises(jobs.NotYet):
        undo_jobs.run_ordered(batch=batch, at=NOW)
    undo_jobs.run_ordered(batch=batch, at=NOW)
    assert told(batch) == (1, 1, 0, 0)


def test_two_imports_undone_the_last_one_first_give_back_what_was_there(cilla: UUID, batch: UUID) -> None:
    second = UUID(
        bring_in(
            csv_of(f"{CILLA.name};{CILLA.emails[0]};070-9990001;;", "Åsa Ek;asa@example.se;;milk;")
        ).import_id
    )
    undo(second)
    shown = undoing.preview(batch=batch, actor=MACHINE, at=NOW)
    assert (shown.deleted, shown.restored, shown.used, shown.changed) == (1, 1, 0, 0)
    undo(batch)
    assert in_force() == {CILLA.name: CILLA}


def test_two_imports_undone_the_first_one_first_leave_what_the_second_added(cilla: UUID, batch: UUID) -> None:
    second = UUID(bring_in(csv_of(f"{CILLA.name};{CILLA.emails[0]};070-9990001;;")).import_id)
    undo(batch)
    assert in_force()[CILLA.name] == replace(CILLA, phones=(*CILLA.phones, "070-9990001"))
    undo(second)
    assert in_force() == {CILLA.name: CILLA}


def test_deleted_customer_leaves_no_image(cilla: UUID, batch: UUID) -> None:
    assert ImportImage.objects.filter(customer_ref=cilla).count() == 1
    deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    assert ImportImage.objects.filter(customer_ref=cilla).count() == 0
    undo(batch)
    assert (in_force(), told(batch)) == ({}, (1, 0, 0, 0))


def test_deleted_customer_is_not_named_by_an_undo_any_more(cilla: UUID, batch: UUID) -> None:
    change(cilla, note="All new.")
    undo(batch)
    deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    assert told(batch) == (1, 0, 0, 0)


def test_images_and_their_key_end_after_thirty_days(batch: UUID) -> None:
    key = Import.objects.get(pk=batch).key_ref
    leavings.forget_leavings(before=NOW + timedelta(seconds=1), actor="system", at=NOW)
    assert (ImportImage.objects.count(), key in power.keys_kept()) == (0, False)
    with pytest.raises(undo_jobs.NotUndoable):
        undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    with pytest.raises(undoing.NotUndoable):
        undoing.preview(batch=batch, actor=MACHINE, at=NOW)


def test_image_opens_under_no_other_import(cilla: UUID, batch: UUID) -> None:
    kept = ImportImage.objects.get(customer_ref=cilla)
    assert images.opened(batch, kept).before == CILLA
    with pytest.raises(vault.CannotOpen):
        images.opened(UUID(int=1), kept)


def test_half_an_import_leaves_no_image(cilla: UUID) -> None:
    for place in (2, 3, 4):
        with power.cut_at(place):
            bring_in(LIST)
        import_jobs.remove_interrupted(actor="system", at=NOW)
        assert ImportImage.objects.count() == 0
        Import.objects.all().delete()


def test_undo_of_many_goes_batch_by_batch(cilla: UUID) -> None:
    batch = UUID(bring_in(people(range(250))).import_id)
    undo(batch)
    assert (in_force(), told(batch)) == ({CILLA.name: CILLA}, (250, 0, 0, 0))


def test_who_may_delete_no_more_has_no_import_undone(batch: UUID) -> None:
    anna = User.objects.create(email="anna@example.se", name="Anna Ek", role=Role.OWNER)
    before = in_force()
    undo_jobs.order_undo(batch=batch, is_used_too=False, actor=anna.actor, at=NOW)
    User.objects.filter(pk=anna.pk).update(role=Role.EMPLOYEE)
    with pytest.raises(Refused):
        undo_jobs.run_ordered(batch=batch, at=NOW)
    assert (in_force(), Import.objects.get(pk=batch).state) == (before, "DONE")


def test_customers_of_other_lists_are_left_alone(cilla: UUID, batch: UUID) -> None:
    other = bring_in(csv_of("Dan;dan@example.dk;;;47"))
    undo(batch)
    assert sorted(in_force()) == [CILLA.name, "Dan"]
    assert Import.objects.get(pk=other.import_id or "").leftovers_sealed is not None


def test_ties_of_other_imports_to_whom_the_undo_deletes_are_taken_out(batch: UUID) -> None:
    second = UUID(bring_in(csv_of("Åsa Ek;asa@example.se;;;45")).import_id)
    asa = str(id_of("Åsa Ek"))
    assert papers.opened(Import.objects.get(pk=second)).is_tied_to(asa)
    undo(batch)
    assert not papers.opened(Import.objects.get(pk=second)).is_tied_to(asa)
    assert "Åsa Ek" not in in_force()


def test_preview_counts_and_leaves_one_entry(batch: UUID) -> None:
    shown = undoing.preview(batch=batch, actor=MACHINE, at=NOW)
    assert (shown.deleted, shown.restored, shown.used, shown.changed, shown.named) == (1, 1, 0, 0, [])
    assert [entry.action for entry in audit.newest_entries(limit=1)] == ["customers.import-undo-viewed"]


def test_known_customer_with_a_responsible_keeps_that_person(cilla: UUID, batch: UUID) -> None:
    hire("user:00000000-0000-0000-0000-00000000000a")
    anna = User.objects.get().pk
    responsible.assign(customer=cilla, responsible=anna, actor=MACHINE, at=NOW, reach=EVERYBODY)
    undo(batch)
    assert (in_force()[CILLA.name], Customer.objects.get(pk=cilla).responsible_ref) == (CILLA, anna)


def test_nobody_is_deleted_but_whom_the_import_made() -> None:
    add(DAN)
    undo(UUID(bring_in(csv_of("Åsa Ek;asa@example.se")).import_id))
    assert in_force() == {DAN.title: DAN}
