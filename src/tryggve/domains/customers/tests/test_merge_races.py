"""Two people at the same moment: one makes two cards one, the other writes on one of them."""

import io
import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connections, transaction

from tests.cast import NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.models import Customer, Document
from tryggve.domains.customers.register_index import RegisterIndex
from tryggve.domains.customers.services import documents, notes, undo_jobs
from tryggve.domains.customers.services.records import AlreadyGone
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of
from tryggve.domains.customers.tests.merging import FIRST, SECOND, merge

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


def _while_uncommitted(deed: Callable[[], object], other: Callable[[], object]) -> BaseException | None:
    """Begin the other while the deed is done and not yet committed; what the other raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            other()
        except Exception as error:  # noqa: BLE001 - told to the test
            raised.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        deed()
        thread.start()
        thread.join(0.5)
    thread.join(60)
    assert not thread.is_alive()
    return raised[0] if raised else None


def _add(customer: UUID) -> UUID:
    source = io.BytesIO(b"an agreement")
    return documents.add_document(
        customer=customer, name="a.txt", source=source, actor=MACHINE, at=NOW, reach=EVERYBODY
    )


def _where() -> list[UUID]:
    return list(Document.objects.values_list("customer_id", flat=True))


def test_document_is_not_added_to_a_card_that_is_just_being_merged_away() -> None:
    kept, gone = add(FIRST, SECOND)
    raised = _while_uncommitted(lambda: merge(kept, gone), lambda: _add(gone))
    assert (type(raised), _where()) == (AlreadyGone, [])


def test_document_is_not_removed_from_a_card_that_is_just_being_merged_away() -> None:
    kept, gone = add(FIRST, SECOND)
    document = _add(gone)

    def remove() -> None:
        documents.remove_document(customer=gone, document=document, actor=MACHINE, at=NOW, reach=EVERYBODY)

    raised = _while_uncommitted(lambda: merge(kept, gone), remove)
    assert (type(raised), _where()) == (AlreadyGone, [kept])


def test_undo_keeps_a_customer_about_whom_a_note_is_just_being_saved() -> None:
    batch = UUID(bring_in(csv_of("Åsa Ek;asa@example.se")).import_id)
    with RegisterIndex().fresh() as index:
        [asa] = index.find("åsa ek", limit=2)
    undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    raised = _while_uncommitted(
        lambda: notes.add_note(customer=asa, text="Rang.", actor=MACHINE, at=NOW, reach=EVERYBODY),
        lambda: undo_jobs.run_ordered(batch=batch, at=NOW),
    )
    assert (raised, Customer.objects.get(pk=asa).state) == (None, Customer.State.ACTIVE)
