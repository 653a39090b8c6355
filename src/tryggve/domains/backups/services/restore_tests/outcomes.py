"""How a step ends that doesn't go well: the backup is no good, or nobody knows."""

from typing import Final

from tryggve.domains.backups.restic import Killed, ResticFailed

# They say that the place or this computer couldn't be used just now, and nothing of what lies there.
_SAY_NOTHING: Final = {
    "unreachable": "unreachable",
    "locked": "in-use",
    "not-installed": "not-installed",
    "too-old": "too-old",
    "took-too-long": "took-too-long",
    "full": "full",
}


class TestFailed(Exception):
    """What was backed up can't be had back, or not all of it; ``count`` is of how much."""

    __test__ = False  # no test of pytest's

    def __init__(self, code: str, count: int = 0) -> None:
        super().__init__(code)
        self.code, self.count = code, count


class CouldNotTest(Exception):
    """It says nothing of the backup."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def of_restic(failed: ResticFailed) -> TestFailed | CouldNotTest:
    """What it means for the test that restic couldn't do something."""
    if isinstance(failed, Killed):
        return CouldNotTest("broke")
    if failed.code in _SAY_NOTHING:
        return CouldNotTest(_SAY_NOTHING[failed.code])
    return TestFailed(failed.code)
