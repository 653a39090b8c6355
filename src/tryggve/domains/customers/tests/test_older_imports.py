"""Imports that an older program kept in its own form, as they lie in a data folder that was updated."""

import json
import zlib
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import CILLA, DAN, NOW
from tryggve import vault
from tryggve.domains.customers import import_papers
from tryggve.domains.customers.models import Customer, Import, ImportImage
from tryggve.domains.customers.selectors import undoing
from tryggve.domains.customers.selectors.waiting import waiting as waiting_list
from tryggve.domains.customers.services import imports, undo_jobs
from tryggve.domains.customers.tests.holding import (
    BO,
    DANS,
    HERS,
    HERS_ASIDE,
    carry_out,
    cells_in,
    confirm,
    delete,
    document_of,
    needles_in,
    shown,
    waiting,
)
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, in_force

pytestmark = pytest.mark.django_db(transaction=True)


def _rewritten(batch: UUID, document: str, content: bytes) -> None:
    row = Import.objects.get(pk=batch)
    setattr(row, f"{document}_sealed", import_papers.sealed(row, document, content))
    row.save()


def _one_block(entries: list[Any]) -> bytes:
    return zlib.compress(b"".join(json.dumps([entry]).encode() + b"\n" for entry in entries))


def older(batch: UUID) -> UUID:
    """The list as it was kept before its rows could be decided about."""
    held = waiting_list(batch).held
    head = json.loads(document_of(batch, "file").partition(b"\n")[0])
    lines = list(held._lines.at(range(len(held))).values())
    was = [entry[:2] if len(entry) == 3 else entry for entry in lines]
    traces = _one_block([list(trace[:5]) for trace in held.traces()])
    columns = [
        {
            name: column[name]
            for name in ("index", "heading", "field", "written", "group", "is_identity_number")
        }
        for column in head["columns"]
    ]
    said = {"source": head["source"], "columns": columns, "traces_bytes": len(traces)}
    _rewritten(batch, "file", json.dumps(said).encode() + b"\n" + traces + _one_block(was))
    told = json.loads(document_of(batch, "result"))
    del told["source"]
    _rewritten(batch, "result", json.dumps(told).encode())
    return batch


def test_older_list_loses_a_deleted_customer_and_keeps_the_others() -> None:
    [cilla] = add(CILLA)
    batch = older(waiting(BO, *HERS, DANS, *HERS_ASIDE))
    before = cells_in(batch)
    delete(cilla)
    assert not Customer.objects.filter(pk=cilla).exists()
    assert (needles_in(batch), cells_in(batch)) == ([], [before[0], [], [], [], before[4], [], []])


def test_older_list_is_to_be_compared_anew_and_is_brought_in() -> None:
    batch = older(waiting(BO, "Fel;fel@"))
    assert waiting_list(batch).held.is_stale
    confirm(batch)
    carry_out(batch)
    assert (list(in_force()), shown(batch).result.created) == (["Bo Ek"], 1)


def test_list_in_a_form_that_nobody_knows_holds_up_no_deletion() -> None:
    cilla, dan = add(CILLA, DAN)
    batch = waiting(BO)
    _rewritten(batch, "file", b'{"source": ""}\n')
    with pytest.raises(vault.Damaged):
        waiting_list(batch)
    delete(cilla)
    assert list(in_force()) == [DAN.name]
    assert Import.objects.get(pk=batch).file_sealed is None
    delete(dan)


def test_rows_that_an_older_import_set_aside_are_brought_up() -> None:
    batch = UUID(bring_in(csv_of("Bo Ek;bo@", DANS)).import_id)
    left = json.loads(document_of(batch, "leftovers"))
    left["set_aside"] = [entry[:5] for entry in left["set_aside"]]
    _rewritten(batch, "leftovers", json.dumps(left).encode())
    made = imports.bring_up_set_aside(batch=batch, actor=MACHINE, at=NOW)
    assert cells_in(made)[0][:2] == ["Bo Ek", "bo@"]


def test_import_of_which_no_image_is_kept_is_neither_undone_nor_offered_to_be(as_anna: Client) -> None:
    batch = UUID(bring_in(csv_of(DANS)).import_id)
    assert shown(batch).can_be_undone
    ImportImage.objects.all().delete()

    assert not shown(batch).can_be_undone
    with pytest.raises(undoing.NotUndoable):
        undoing.preview(batch=batch, actor=MACHINE, at=NOW)
    with pytest.raises(undo_jobs.NotUndoable, match="can't be undone"):
        undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    answer = as_anna.post(reverse("customers:import-undo", args=[batch]), {})
    assert "be undone" in answer.content.decode()
    assert Import.objects.get(pk=batch).state == Import.State.DONE
    assert list(in_force()) == ["Dan Sørensen"]


def test_undo_that_was_stopped_after_its_last_customer_is_ordered_again() -> None:
    batch = UUID(bring_in(csv_of(DANS)).import_id)
    undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    ImportImage.objects.all().delete()
    Import.objects.filter(pk=batch).update(rows_done=1)
    undo_jobs.stop_given_up(str(batch))
    assert shown(batch).can_be_undone
    undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    undo_jobs.run_ordered(batch=batch, at=NOW)
    assert Import.objects.get(pk=batch).state == Import.State.UNDONE
