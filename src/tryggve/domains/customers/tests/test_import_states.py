"""From the preview to the end: yes, no, twice, too late, and what is forgotten after a month."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.cast import NOW
from tryggve import vault
from tryggve.audit import selectors as audit
from tryggve.domains.customers import routines, sealing
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.selectors import imported
from tryggve.domains.customers.selectors.waiting import NotWaiting
from tryggve.domains.customers.services import import_jobs, import_turn, imports, leavings
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import bring_in, csv_of, hire, in_force, people
from tryggve.lib.ids import new_id
from tryggve.routines import jobs

pytestmark = pytest.mark.django_db(transaction=True)
ANNA = f"user:{new_id()}"
LIST = csv_of("Åsa Ek;asa@example.se;;tea;43", "Bo;bo@")


@pytest.fixture(autouse=True)
def people_work_here(transactional_db: None) -> None:
    hire(ANNA)


def _preview(content: bytes = LIST, *, source: str = "fair") -> UUID:
    return imports.preview_file(name="kunder.csv", content=content, source=source, actor=ANNA, at=NOW)


def _state(batch: UUID) -> str:
    return Import.objects.get(pk=batch).state


def _shown(batch: UUID) -> imported.Shown:
    return imported.import_shown(batch=batch, actor=ANNA, at=NOW)


def _work() -> bool:
    return jobs.run_next(owner="worker", now=timezone.now)


def test_preview_shows_what_would_happen_and_changes_nothing() -> None:
    shown = _shown(_preview())
    assert (shown.is_previewed, shown.file, shown.result.created, shown.result.set_aside[0].line) == (
        True, "kunder.csv", 1, 3,
    )  # fmt: skip
    assert [(sample.title, sample.fate) for sample in shown.samples] == [("Åsa Ek", "new")]
    assert shown.named_columns[:2] == [("Name", "Name"), ("E-mail", "E-mail")]
    assert shown.named_columns[-1] == ("Shoe size", "")
    assert (Customer.objects.count(), shown.result.import_id) == (0, None)


def test_preview_is_sealed_and_told_without_names() -> None:
    batch = _preview()
    row = Import.objects.get(pk=batch)
    assert b"asa@example.se" not in bytes(row.file_sealed or b"") + bytes(row.result_sealed or b"")
    [entry] = audit.newest_entries()
    assert (entry.action, entry.actor, entry.facts) == (
        "customers.import-previewed", ANNA, {"batch": str(batch), "rows": 2},
    )  # fmt: skip


def test_yes_lets_the_worker_bring_the_list_in() -> None:
    batch = _preview()
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    assert (_state(batch), in_force(), _shown(batch).is_under_way) == ("QUEUED", {}, True)
    assert _work()
    shown = _shown(batch)
    assert (shown.is_done, shown.result.created, shown.result.import_id) == (True, 1, str(batch))
    assert (shown.rows_done, shown.rows_total, shown.file) == (1, 1, "kunder.csv")
    assert in_force()["Åsa Ek"].source == "fair"


def test_page_sees_how_far_it_has_come_batch_by_batch() -> None:
    batch = _preview(people(range(1_100)))
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    seen: list[tuple[int, int]] = []
    row = Import.objects.filter(pk=batch)
    power.watch(lambda _name: seen.extend(row.values_list("rows_done", "rows_total")), _work)
    assert [one for one in dict.fromkeys(seen) if one[0]] == [(500, 1_100), (1_000, 1_100), (1_100, 1_100)]


def test_file_is_gone_once_it_is_brought_in_and_what_was_left_over_is_not() -> None:
    batch = _preview()
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    _work()
    row = Import.objects.get(pk=batch)
    assert (row.file_sealed, row.ended_at is not None) == (None, True)
    plain = vault.keyring().open(
        bytes(row.leftovers_sealed or b""), bound_to=sealing.import_binding(batch, "leftovers")
    )
    assert json.loads(plain)["set_aside"] == [[3, ["Bo", "bo@"], "bad_email", None, ["person bo"], "E-mail"]]


def test_whoever_began_the_import_is_told_to_have_imported() -> None:
    batch = _preview()
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    _work()
    [entry] = audit.newest_entries(limit=1)
    assert (entry.action, entry.actor) == ("customers.imported", ANNA)


def test_job_holds_an_id_and_nothing_else() -> None:
    batch = _preview()
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    assert DBTaskResult.objects.get().args_kwargs == {"args": [str(batch)], "kwargs": {}}


def test_second_yes_is_refused_and_queues_no_second_job() -> None:
    batch = _preview()
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    with pytest.raises(NotWaiting):
        imports.confirm(batch=batch, actor=ANNA, at=NOW)
    assert (DBTaskResult.objects.count(), _work(), _work(), len(in_force())) == (1, True, False, 1)
    with pytest.raises(NotWaiting):
        imports.confirm(batch=batch, actor=ANNA, at=NOW)


def test_yes_without_its_job_is_not_kept() -> None:
    batch = _preview()
    with transaction.atomic():
        imports.confirm(batch=batch, actor=ANNA, at=NOW)
        transaction.set_rollback(True)
    assert (_state(batch), DBTaskResult.objects.count()) == ("PREVIEWED", 0)


def test_no_forgets_the_file_with_its_key() -> None:
    keys = power.keys_kept()
    batch = _preview()
    imports.cancel(batch=batch, actor=ANNA, at=NOW)
    assert (Import.objects.count(), power.keys_kept()) == (0, keys)
    [entry] = audit.newest_entries(limit=1)
    assert (entry.action, entry.facts) == ("customers.import-cancelled", {"batch": str(batch)})
    with pytest.raises(NotWaiting):
        imports.confirm(batch=batch, actor=ANNA, at=NOW)
    with pytest.raises(NotWaiting):
        imports.cancel(batch=batch, actor=ANNA, at=NOW)


def test_no_after_yes_is_refused() -> None:
    batch = _preview()
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    with pytest.raises(NotWaiting):
        imports.cancel(batch=batch, actor=ANNA, at=NOW)
    _work()
    assert len(in_force()) == 1


def test_list_is_planned_again_with_who_is_known_by_then() -> None:
    batch = _preview(people(range(3)), source="")
    bring_in(people(range(2)))
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    _work()
    assert (_shown(batch).result.created, _shown(batch).result.unchanged, len(in_force())) == (1, 2, 3)


def test_import_that_fails_before_it_began_waits_for_a_new_yes() -> None:
    batch = _preview()
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    key = Import.objects.get(pk=batch).key_ref
    assert key
    vault.keyring().destroy_keys([key])
    _work()
    assert _state(batch) == "STOPPED"


def test_import_that_nobody_said_yes_to_is_not_carried_out() -> None:
    batch = _preview()
    import_jobs.run_confirmed(batch=batch, at=NOW)
    assert (_state(batch), Customer.objects.count()) == ("PREVIEWED", 0)


def test_import_given_up_with_its_worker_can_be_begun_again() -> None:
    batch = _preview()
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    for _killed in range(2):
        DBTaskResult.objects.get().claim("worker that dies")
        jobs.recover(at=NOW)
    assert (_state(batch), _shown(batch).is_stopped) == ("STOPPED", True)
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    while _work():
        pass
    assert (_state(batch), len(in_force())) == ("DONE", 1)


def test_stopped_import_can_be_called_off() -> None:
    batch = _preview()
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    with power.cut_at(2):
        import_jobs.run_confirmed(batch=batch, at=NOW)
    import_jobs.remove_interrupted(actor="system", at=NOW)
    imports.cancel(batch=batch, actor=ANNA, at=NOW)
    import_jobs.run_confirmed(batch=batch, at=NOW)
    assert (Import.objects.count(), Customer.objects.count()) == (0, 0)


def test_import_called_off_while_it_begins_again_leaves_nothing() -> None:
    batch = _preview()
    Import.objects.filter(pk=batch).update(state=Import.State.STOPPED)

    def call_off() -> None:
        Import.objects.filter(pk=batch).update(state=Import.State.STOPPED)
        imports.cancel(batch=batch, actor=ANNA, at=NOW)

    with power.at_point("import: new rows staged", lambda: power.elsewhere(call_off)):
        import_jobs.run_confirmed(batch=batch, at=NOW)
    assert (Import.objects.count(), Customer.objects.count()) == (0, 0)


def test_leavings_are_destroyed_after_thirty_days() -> None:
    done, previewed, queued = UUID(bring_in(LIST).import_id), _preview(people([7])), _preview(people([8]))
    imports.confirm(batch=queued, actor=ANNA, at=NOW)
    keys = {batch: Import.objects.get(pk=batch).key_ref for batch in (done, previewed, queued)}
    routines.forget_leavings(NOW + timedelta(days=30))
    assert set(keys.values()) <= power.keys_kept()
    routines.forget_leavings(NOW + timedelta(days=30, seconds=1))
    assert power.keys_kept() & set(keys.values()) == {keys[queued]}
    for batch in (done, previewed):
        row = Import.objects.get(pk=batch)
        assert (row.key_ref, row.file_sealed, row.result_sealed, row.leftovers_sealed) == (None,) * 4
    with pytest.raises(NotWaiting):
        imports.confirm(batch=previewed, actor=ANNA, at=NOW)
    told = [entry.facts for entry in audit.newest_entries() if entry.action == "customers.import-forgotten"]
    assert {fact["batch"] for fact in told} == {str(done), str(previewed)}
    assert in_force()["Åsa Ek"].emails == ("asa@example.se",)


def test_forgetting_again_finds_nothing_to_forget() -> None:
    bring_in(LIST)
    later = NOW + timedelta(days=40)
    assert leavings.forget_leavings(before=later, actor="system", at=later) == 1
    assert leavings.forget_leavings(before=later, actor="system", at=later) == 0


def test_routines_of_the_worker_finish_what_was_cut() -> None:
    with power.cut_at(2):
        bring_in(LIST)
    routines.remove_interrupted(NOW)
    routines.finish_deletions(NOW)
    assert (Import.objects.get().state, Customer.objects.count()) == ("STOPPED", 0)


def test_one_import_has_the_turn_and_a_second_waits() -> None:
    with import_turn.turn(), import_turn.turn_if_free() as free:
        assert not free
    with import_turn.turn_if_free() as free:
        assert free


def test_page_that_only_counts_writes_no_look() -> None:
    batch = _preview()
    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    before = len(audit.newest_entries(limit=50))

    assert _shown(batch).is_under_way
    assert len(audit.newest_entries(limit=50)) == before

    _work()
    assert _shown(batch).is_done
    assert audit.newest_entries(limit=1)[0].action == "customers.import-viewed"
