import sys
from pathlib import Path

import pytest

from tryggve.supervisor import children
from tryggve.supervisor.children import Child, ChildSpec
from tryggve.supervisor.tests.house import new_folders

pytestmark = pytest.mark.process


@pytest.mark.parametrize(("before", "kept"), [(children.LARGEST_LOG_BYTES + 1, True), (100, False)])
def test_log_that_grew_large_is_set_aside_when_a_child_starts(
    tmp_path: Path, before: int, *, kept: bool
) -> None:
    folders = new_folders(tmp_path)
    log = children.log_path(folders, "worker")
    log.write_bytes(b"x" * before)

    child = Child(ChildSpec("worker", [sys.executable, "-c", "print('new')"]), folders=folders, token="t")
    child.bury()

    assert (log.with_suffix(".log.1").exists(), log.read_bytes()[:1]) == (kept, b"n" if kept else b"x")
