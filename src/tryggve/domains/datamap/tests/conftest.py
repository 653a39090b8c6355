from collections.abc import Iterator

import pytest

from tryggve.domains.customers import api as customers
from tryggve.domains.datamap import index_file
from tryggve.domains.datamap.selectors import people_found
from tryggve.lib import write_points


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What one test indexed, or planned to cut, is gone before the next."""
    customers.forget_search()
    index_file.path().unlink(missing_ok=True)
    people_found.forget()
    yield
    index_file.path().unlink(missing_ok=True)
    write_points.cut_with(None)
