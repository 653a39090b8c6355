from collections.abc import Iterator

import pytest

from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.services import responsible
from tryggve.domains.customers.tests.listed import EVA
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.lib import write_points


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What one test put into the process's index, or planned to cut, is gone before the next."""
    register_index.forget()
    yield
    register_index.forget()
    write_points.cut_with(None)


@pytest.fixture
def three(bo: User) -> None:
    """Cilla, Dan whom Bo looks after, and a company that left."""
    _cilla, dan, _eva = add(CILLA, DAN, EVA)
    responsible.assign(customer=dan, responsible=bo.pk, actor=MACHINE, at=NOW, reach=EVERYBODY)
