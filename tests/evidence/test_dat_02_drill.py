"""DAT-02: each step on the way of somebody whose time has passed, broken for real and mended."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from tests.cast import CILLA, NOW
from tests.evidence import faults, measured
from tests.retention import keeping
from tryggve.controls.engine.standing import State
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.setup.models import Firm

pytestmark = pytest.mark.django_db
_CARDS = "customers_customer"


@pytest.fixture(autouse=True)
def company_that_keeps_its_limits(firm: Firm) -> None:
    register_index.forget()
    keeping.choose_jobs()
    add(CILLA)
    measured.worked("rights.find-due", "rights.carry-out-erasures", at=NOW - timedelta(hours=3))


def found() -> tuple[str, str]:
    return measured.found("DAT-02", NOW)


@pytest.mark.parametrize(
    ("deed", "wrong"),
    [
        ("SET changed_at = '2026-03-01 08:00:00+00:00'", "not-found"),
        ("SET restricted_at = '2026-03-01 08:00:00+00:00'", "not-put-aside"),
    ],
)
def test_who_seems_to_be_needed_or_cant_be_touched_fails_until_the_date_is_right(
    deed: str, wrong: str
) -> None:
    measured.then(_CARDS, f"UPDATE {_CARDS} {deed} WHERE id = NEW.id")
    assert found() == ("FAILING", wrong)
    assert measured.state("DAT-02", NOW) is State.FAILING
    measured.mend(_CARDS)
    assert found() == ("PROVED", "")


@pytest.mark.parametrize(
    ("fault", "wrong"),
    [
        (faults.nobody_put_aside, "still-searched"),
        (faults.keys_that_stay, "still-readable"),
        (faults.a_copy_in_another_domain, "still-readable"),
    ],
    ids=["searched", "key", "copy"],
)
def test_what_outlives_the_erasure_fails_until_it_ends_with_it(
    fault: Callable[[], AbstractContextManager[None]], wrong: str
) -> None:
    with fault():
        assert found() == ("FAILING", wrong)
    assert found() == ("PROVED", "")
