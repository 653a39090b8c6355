from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from tryggve.audit import actors, registry, selectors, services
from tryggve.audit.selectors import Filter

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


ANNA = actors.user(UUID("01890a5d-ac96-774b-bcce-b302099a8057"))


@pytest.fixture
def mixed() -> dict[str, int]:
    seen = registry.declare("customers.customer-seen", "A customer's details were read")
    signed_in = registry.declare("access.signed-in", "Signed in")
    later = NOW + timedelta(days=1)
    return {
        "anna saw cilla": services.look(seen, actor=ANNA, at=NOW, subject=CILLA).pk,
        "anna saw dan": services.look(seen, actor=ANNA, at=later, subject=DAN).pk,
        "system saw cilla": services.look(seen, actor="system", at=later, subject=CILLA).pk,
        "anna came in": services.record(signed_in, actor=ANNA, at=NOW).pk,
    }


WANTED = [
    (Filter(), ["anna came in", "system saw cilla", "anna saw dan", "anna saw cilla"]),
    (Filter(actor=ANNA), ["anna came in", "anna saw dan", "anna saw cilla"]),
    (Filter(subject=CILLA), ["system saw cilla", "anna saw cilla"]),
    (Filter(action="access.signed-in"), ["anna came in"]),
    (Filter(action="customers"), ["system saw cilla", "anna saw dan", "anna saw cilla"]),
    (Filter(since=NOW + timedelta(days=1)), ["system saw cilla", "anna saw dan"]),
    (Filter(until=NOW + timedelta(days=1)), ["anna came in", "anna saw cilla"]),
    (Filter(actor=ANNA, subject=CILLA, action="customers"), ["anna saw cilla"]),
]


@pytest.mark.parametrize(("wanted", "expected"), WANTED)
def test_newest_entries_are_those_that_the_filter_wants(
    mixed: dict[str, int], wanted: Filter, expected: list[str]
) -> None:
    names = {number: name for name, number in mixed.items()}

    assert [names[entry.pk] for entry in selectors.newest_entries(wanted=wanted)] == expected


@pytest.mark.parametrize("limit", [1, 4])
def test_newest_entries_cost_one_query_however_many(
    mixed: dict[str, int], limit: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        selectors.newest_entries(limit=limit, before=10**9, wanted=Filter(actor=ANNA, action="customers"))
