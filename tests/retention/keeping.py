"""A firm whose customers are needed for three years, and the day after that."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.cast import NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.tests.lists import MACHINE
from tryggve.domains.rights.models import Due, Keep
from tryggve.domains.rights.services.retention import finding_due, keeping, keeping_by_law
from tryggve.domains.rights.tests import purposes

LAST_DAY = NOW.replace(year=2029)  # whoever was last heard of at NOW is needed to the end of it
AFTER = LAST_DAY + timedelta(days=1)
REASON = "she owes us for the kitchen"
FISCAL_YEAR = date(2025, 12, 31)
INVOICE = "Invoice 1017, Cilla Åkerström, 12 500 kr"


def choose_jobs() -> None:
    """«Jobs that we do for you», three years after the end of the assignment."""
    purposes.choose("jobs")


def by(at: datetime = AFTER) -> dict[str, Any]:
    return {"actor": MACHINE, "at": at, "reach": EVERYBODY}


def found(at: datetime = AFTER) -> set[UUID]:
    """Whom a search at that moment finds."""
    count = finding_due.find_due(at=at)
    listed = set(Due.objects.values_list("pk", flat=True))
    assert len(listed) == count
    return listed


def keep(customer: UUID, *, kind: str = "LONGER", at: datetime = AFTER, until: date | None = None) -> UUID:
    return keeping.keep(customer=customer, kind=Keep.Kind(kind), reason=REASON, until=until, **by(at))


def tell_end(customer: UUID, ended_on: date | None, *, at: datetime = NOW) -> None:
    keeping.tell_end(customer=customer, ended_on=ended_on, **by(at))


def keep_by_law(customer: UUID, *, counted_from: date = FISCAL_YEAR, at: datetime = NOW) -> UUID:
    return keeping_by_law.write_down(
        customer=customer, rule="se-bookkeeping", counted_from=counted_from, words=INVOICE, **by(at)
    )
