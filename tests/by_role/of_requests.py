"""A customer who asked for something by right, and what is sent to the pages about it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.by_right import asking as requests
from tryggve.domains.rights.services import packages
from tryggve.domains.rights.services.requests.case_answers import Outcome

_LETTER = {"subject": "Your request", "text": "Hello.\n\nBye.", "way": "paper"}


def asked_for(customer: UUID, at: datetime) -> dict[str, Any]:
    """To see what is held: the customer was asked something about it, and the package is ready."""
    case = requests.known(requests.asked(customer, received_on=at.date(), at=at), at=at)
    step = requests.answer(case, Outcome.GOES_ON, at=at)
    packages.make_now(case=case, language="en", **{**requests.BY, "at": at})
    other = requests.known(requests.asked(customer, "RESTRICTION", received_on=at.date(), at=at), at=at)
    return {"case": case, "step": step, "rights:case-carry-out case": other}


def bodies(things: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is sent, by the name of the address."""
    seen = {"revision": requests.revision_of(things["case"])}
    return {
        "rights:case-add": {"kind": "ACCESS", "channel": "PHONE", "received_on": "2026-03-02"},
        "rights:case-identity": {**seen, "how": "known"},
        "rights:case-carry-out": {"revision": requests.revision_of(things["rights:case-carry-out case"])},
        "rights:case-take-back": seen,
        "rights:case-extend": {**seen, **_LETTER, "reason": "Much to look through."},
        "rights:case-write": {**seen, **_LETTER, "outcome": "goes-on"},
        "rights:case-package": {**seen, "language": "sv"},
        "rights:case-package-file": {"reason": "on a stick"},
    }
