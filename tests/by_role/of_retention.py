"""A customer who is kept all the same, and what the law has the firm keep, for the addresses about them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.rights.models import Keep
from tryggve.domains.rights.services.retention import keeping, keeping_by_law


def kept(customer: UUID, at: datetime) -> dict[str, Any]:
    """Of that customer a reason to keep them, and an invoice."""
    by: dict[str, Any] = {"customer": customer, "actor": "system", "at": at, "reach": EVERYBODY}
    year = date(at.year - 1, 12, 31)
    return {
        "keep": keeping.keep(kind=Keep.Kind.LONGER, reason="owes us", until=None, **by),
        "rights:by-law-remove kept": keeping_by_law.write_down(
            rule="se-bookkeeping", counted_from=year, words="Invoice 1", **by
        ),
    }


def bodies(things: dict[str, Any], at: datetime) -> dict[str, dict[str, Any]]:
    """What is sent, by the name of the address."""
    chosen = {"customers": [str(things["customer"])], "sure": "yes"}
    return {
        "rights:retention-ask": chosen,
        "rights:retention-purge": chosen,
        "rights:keep": {"keep-kind": "LONGER", "keep-reason": "owes us"},
        "rights:keeping-ended": {"end-ended_on": "2025-06-30"},
        "rights:keeping-by-law": {
            "law-rule": "se-bookkeeping",
            "law-counted_from": f"{at.year - 1}-12-31",
            "law-words": "Invoice 2",
        },
    }
