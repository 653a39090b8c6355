"""A repository is looked into while another is at work there."""

import os
import signal
from pathlib import Path

from tryggve.domains.backups.restic import Place, Repository, running
from tryggve.domains.backups.tests import cheap_repositories


def test_copies_are_listed_while_another_must_be_alone(tmp_path: Path) -> None:
    made = Repository(Place(str(tmp_path / "repository")), "four words of it", tmp_path / "cache")
    cheap_repositories.make(tmp_path / "repository", "four words of it")
    (tmp_path / "file").write_bytes(b"-")
    made.backup([tmp_path / "file"])
    locks = tmp_path / "repository" / "locks"
    with running.started(
        ["check"], place=made.place, password=made.password, cache=made.cache, given=None
    ) as child:
        # It is written under another name first.
        while not [one for one in locks.iterdir() if "tmp" not in one.name]:
            assert child.poll() is None
        os.kill(child.pid, signal.SIGSTOP)
        assert list(locks.iterdir())
        assert len(made.snapshots()) == 1
