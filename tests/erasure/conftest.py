from collections.abc import Iterator

import pytest

from tryggve.domains.customers.register_index import register_index
from tryggve.lib import write_points


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What one test put into the process's index, or planned to cut, is gone before the next."""
    register_index.forget()
    yield
    register_index.forget()
    write_points.cut_with(None)
