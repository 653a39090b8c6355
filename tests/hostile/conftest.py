from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tryggve.domains.customers.register_index import register_index

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The clock stands still by day: at night a factor is fresh for two minutes only."""
    register_index.forget()
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
    register_index.forget()
