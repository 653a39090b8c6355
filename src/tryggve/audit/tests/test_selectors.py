from datetime import UTC, datetime
from uuid import UUID

import pytest

from tryggve.audit import registry, selectors, services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CILLA = UUID("01890a5d-ac96-774b-bcce-b302099a8058")
DAN = UUID("01890a5d-ac96-774b-bcce-b302099a8059")


@pytest.fixture
def log() -> list[int]:
    seen = registry.declare("customers.customer-seen", "A customer's details were read")
    return [services.look(seen, actor="system", at=NOW, subject=who).pk for who in (CILLA, DAN, CILLA)]


def test_newest_entries_come_newest_first_and_page_by_page(log: list[int]) -> None:
    first, second, third = log

    assert [entry.pk for entry in selectors.newest_entries(limit=2)] == [third, second]
    assert [entry.pk for entry in selectors.newest_entries(limit=2, before=second)] == [first]


def test_entries_about_leave_out_other_subjects(log: list[int]) -> None:
    assert [entry.pk for entry in selectors.entries_about(CILLA)] == [log[2], log[0]]
