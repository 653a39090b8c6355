"""The queue of the tests: work it off, or die amidst a job."""

from tryggve.routines import jobs
from tryggve.routines.tests.conftest import Clock


def run_all(clock: Clock) -> int:
    count = 0
    while jobs.run_next(owner="karin", now=clock):
        count += 1
    return count


def claim_and_die(owner: str = "karin") -> None:
    assert jobs._claim(owner) is not None
