from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.by_right.consenting import send_through
from tests.cast import NOW
from tests.outreach import writing
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.setup.models import Firm
from tryggve.lib import write_points
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice

__all__ = ["office"]


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What one test put into the process's index, or planned to cut, is gone before the next."""
    register_index.forget()
    yield
    register_index.forget()
    write_points.cut_with(None)


@pytest.fixture
def post(firm: Firm, office: PostOffice) -> PostOffice:
    """The company's mail leaves by this server."""
    send_through(office, at=NOW)
    return office


@pytest.fixture
def newsletter(firm: Firm) -> UUID:
    return writing.newsletter()
