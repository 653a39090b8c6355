from uuid import UUID

import pytest

from tests.cast import CILLA, DAN
from tests.retention import keeping
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.setup.models import Firm


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    """The index of the test before holds customers who were never committed."""
    register_index.forget()


@pytest.fixture
def cilla(firm: Firm) -> UUID:
    """Written down at NOW by a firm that needs its customers for three years."""
    keeping.choose_jobs()
    [cilla] = add(CILLA)
    return cilla


@pytest.fixture
def dan(cilla: UUID) -> UUID:
    [dan] = add(DAN)
    return dan
