"""What is said on the command line of a restore is understood as it was meant, before anything is done."""

from argparse import ArgumentTypeError
from datetime import UTC, datetime

import pytest

from tests.commands import run
from tryggve.domains.backups.management.restore_wishes import NoRehearsal, said_day
from tryggve.lib import folders


@pytest.mark.parametrize("words", [("--on-disk", "/tmp"), ("--keep",)])  # noqa: S108 - nothing is written there
def test_what_belongs_to_a_rehearsal_makes_no_real_restore(words: tuple[str, ...]) -> None:
    with pytest.raises(NoRehearsal, match=f"{words[0]} belongs to a rehearsal"):
        run("backups", "restore", *words, "--yes")
    assert not folders.current().restore_mark.exists()


def test_day_that_is_none_is_told_in_plain_words() -> None:
    with pytest.raises(ArgumentTypeError, match="«yesterday» is no day; write it as in 2026-11-20"):
        said_day("yesterday")
    assert said_day("2026-11-20T08:00:00+00:00") == datetime(2026, 11, 20, 8, tzinfo=UTC)
