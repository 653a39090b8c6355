"""What tests of an import that is taken back begin with."""

from dataclasses import replace
from uuid import UUID

from tests.cast import CILLA, NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers import sealing
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.register_index import RegisterIndex
from tryggve.domains.customers.selectors import imported
from tryggve.domains.customers.services import (
    records,
    undo_jobs,
)
from tryggve.domains.customers.tests.lists import MACHINE, csv_of

LIST = csv_of(
    "Åsa Ek;asa@example.se;070-1740605;tea;43", f"{CILLA.name};{CILLA.emails[0]};;Called in May.;", "Bo;bo@"
)


def undo(batch: UUID, *, is_used_too: bool = False) -> None:
    undo_jobs.order_undo(batch=batch, is_used_too=is_used_too, actor=MACHINE, at=NOW)
    undo_jobs.run_ordered(batch=batch, at=NOW)


def change(customer: UUID, **fields: object) -> None:
    """What somebody writes on a card by hand."""
    row = Customer.objects.get(pk=customer)
    details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
    records.change_customer(
        customer=customer,
        seen_revision=row.revision,
        details=replace(details, **fields),  # type: ignore[arg-type]  # as each test gives them
        actor=MACHINE,
        at=NOW,
        reach=EVERYBODY,
    )


def id_of(title: str) -> UUID:
    with RegisterIndex().fresh() as index:
        return index.find(title.casefold(), limit=1)[0]


def told(batch: UUID) -> tuple[int, int, int, int]:
    """Deleted, restored, kept, in part."""
    undone = imported.import_shown(batch=batch, actor=MACHINE, at=NOW).undo
    assert undone is not None
    return undone.deleted, undone.restored, len(undone.kept), len(undone.partly)
