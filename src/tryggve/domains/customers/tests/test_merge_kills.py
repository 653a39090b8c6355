"""Processes that are really killed in the middle of a merge, and two that merge the same cards crosswise."""

import signal

import pytest

from tryggve.domains.customers.models import Customer, Merge
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.customers.tests.merging import FIRST, SECOND, merge, told
from tryggve.domains.customers.tests.test_import_kills import _run, _start

pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("point", ["merge: key made", "merge: written, not committed"])
def test_merge_killed_anywhere_leaves_both_cards_as_they_were(point: str) -> None:
    kept, gone = add(FIRST, SECOND)
    before = told(kept), told(gone)
    assert _run("merge", str(kept), str(gone), point) == -signal.SIGKILL
    assert (told(kept), told(gone), Merge.objects.count()) == (*before, 0)
    merge(kept, gone)


def test_two_merges_that_cross_at_once_make_one_card() -> None:
    one, other = map(str, add(FIRST, SECOND))
    both = [_start("merge", one, other), _start("merge", other, one)]
    for process in both:
        process.communicate(timeout=60)
    states = sorted(Customer.objects.values_list("state", flat=True))
    assert (sorted(process.returncode != 0 for process in both), states) == (
        [False, True],
        ["ACTIVE", "MERGED"],
    )
    assert Merge.objects.count() == 1
