"""Purposes and a published notice, for the addresses about them."""

from datetime import datetime
from typing import Any

from tryggve.domains.rights.selectors.purposes import purposes as selectors
from tryggve.domains.rights.services.purposes import firm_details, notices, purposes, records

BODIES: dict[str, dict[str, Any]] = {
    "rights:purposes-start": {"kind": "craft", "purposes": ["newsletter"]},
    "rights:purpose-add": {"name": "Open house"},
    "rights:purpose": {"name": "Open house"},
    "rights:purpose-move": {"where": "up"},
    "rights:firm-details": {"email": "mallory@example.se"},
}


def things(at: datetime) -> dict[str, Any]:
    """Two purposes in use, one that has ended, and a notice in Swedish."""
    by: dict[str, Any] = {"actor": "system", "at": at}
    codes = ["jobs", "bookkeeping", "entry"]
    purposes.choose_starters(firm_kind="craft", codes=codes, **by)
    ended, _jobs, purpose = sorted(selectors.purposes_in_use(), key=lambda one: codes[::-1].index(one.code))
    purposes.end_purpose(purpose=ended.id, **by)
    firm_details.change_firm_details(
        number="", address="Umeå", email="", phone="", officer="", joint="", measures=[], **by
    )
    notices.publish(language="sv", **by)
    records.keep_version(at=at)
    return {
        "purpose": purpose.id,
        "rights:purpose-again purpose": ended.id,
        "language": "sv",
        "form": "html",
        "rights:notice-version number": 1,
        "rights:record-version number": 1,
        "rights:notice-file number": 1,
    }
