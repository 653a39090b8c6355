"""The record of processing is kept as it was of each day on which it said something else."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import NOW
from tryggve.audit.models import Entry
from tryggve.domains.rights.models import RecordVersion
from tryggve.domains.rights.selectors.purposes import records as selectors
from tryggve.domains.rights.services.purposes import firm_details, records
from tryggve.domains.rights.tests import purposes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]


def live_at(address: str) -> None:
    told: dict[str, Any] = {
        "number": "",
        "email": "",
        "phone": "",
        "officer": "",
        "joint": "",
        "measures": [],
    }
    firm_details.change_firm_details(address=address, actor="system", at=NOW, **told)


def test_record_is_kept_when_it_says_something_else_and_not_else() -> None:
    assert records.keep_version(at=NOW) is None  # nothing is written yet
    purposes.choose(kind="craft")
    live_at("Umeå")
    assert [records.keep_version(at=NOW) for _time in range(2)] == [1, None]
    live_at("Luleå")
    assert records.keep_version(at=NOW) == 2
    assert [number for number, _at in selectors.versions()] == [2, 1]
    entry = Entry.objects.filter(action="rights.record-kept").latest("id")
    assert entry.facts["fingerprint"] == RecordVersion.objects.get(number=2).fingerprint


def test_page_shows_it_as_it_was(as_anna: Client) -> None:
    purposes.choose(kind="craft")
    for address in ("Umeå", "Luleå"):
        live_at(address)
        records.keep_version(at=NOW)
    assert "/company/record/1/" in as_anna.get("/company/record/").content.decode()
    page = as_anna.get("/company/record/1/").content.decode()
    assert ("Umeå" in page, "Luleå" in page) == (True, False)
    assert as_anna.get("/company/record/7/").status_code == 404
