"""DAT-03: each step on the way of somebody who asks for all and then to be erased, broken for real and mended."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

import pytest

from tests.cast import NOW
from tests.evidence import faults, measured
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.setup.models import Firm

pytestmark = pytest.mark.django_db


def found() -> tuple[str, str]:
    return measured.found("DAT-03", NOW)


@pytest.mark.parametrize(
    ("fault", "wrong"),
    [
        (partial(faults.domain_that_hands_out_nothing, "customers.register"), "package-not-whole"),
        (partial(faults.domain_that_hands_out_nothing, "rights.cases"), "package-not-whole"),
        (faults.nobody_put_aside, "still-searched"),
        (faults.keys_that_stay, "still-readable"),
        (faults.a_copy_in_another_domain, "still-readable"),
    ],
    ids=["card", "request", "searched", "key", "copy"],
)
def test_what_is_missing_or_outlives_the_erasure_fails_until_it_is_mended(
    firm: Firm, fault: Callable[[], AbstractContextManager[None]], wrong: str
) -> None:
    register_index.forget()
    with fault():
        assert found() == ("FAILING", wrong)
    assert found() == ("PROVED", "")
