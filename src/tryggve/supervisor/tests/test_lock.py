import contextlib
import signal
import subprocess
from pathlib import Path

import pytest

from tryggve.lib.folders import Folders
from tryggve.supervisor import lock, processes, runfiles
from tryggve.supervisor.runfiles import RunFile
from tryggve.supervisor.tests.polling import until


def test_second_hold_is_refused(folders: Folders) -> None:
    with lock.hold(folders), pytest.raises(lock.AlreadyRunning) as refused, lock.hold(folders):
        pass
    assert refused.value.exit_status == 2
    assert "already running with this data, or is just starting" in str(refused.value)


def test_second_hold_is_told_the_address(folders: Folders) -> None:
    with lock.hold(folders) as held:
        held.tell_address("http://localhost:8123/")
        with pytest.raises(lock.AlreadyRunning, match="open http://localhost:8123/"), lock.hold(folders):
            pass


def test_hold_after_an_ordinary_end_is_given(folders: Folders) -> None:
    with lock.hold(folders) as held:
        held.tell_address("http://localhost:8123/")
    with lock.hold(folders):
        assert [path.name for path in folders.run.iterdir()] == ["lock"]


def test_hold_after_a_failure_inside_is_given(folders: Folders) -> None:
    with pytest.raises(ZeroDivisionError), lock.hold(folders):
        raise ZeroDivisionError
    with lock.hold(folders):
        pass


def test_hold_forgets_the_address_of_a_killed_parent(folders: Folders) -> None:
    (folders.run / "address").write_text("http://localhost:8123/")
    with lock.hold(folders), pytest.raises(lock.AlreadyRunning) as refused, lock.hold(folders):
        pass
    assert "8123" not in str(refused.value)


def test_two_folders_are_held_at_once(folders: Folders) -> None:
    other = Folders(data=folders.data / "other", config=folders.config)
    other.run.mkdir(parents=True)
    with lock.hold(folders), lock.hold(other):
        pass


@pytest.mark.process
def test_hold_ends_what_a_killed_parent_left_behind(folders: Folders) -> None:
    child = subprocess.Popen(["sleep", "600"], env={"TRYGGVE_RUN": "ours"}, start_new_session=True)
    until(lambda: processes.carries(child.pid, "TRYGGVE_RUN", "ours"))
    runfiles.write(folders, RunFile("server", child.pid, "ours"))
    with lock.hold(folders):
        assert child.wait() == -signal.SIGTERM


def test_running_at_is_none_where_nothing_runs(folders: Folders) -> None:
    assert lock.running_at(folders) is None
    with lock.hold(folders) as held:
        held.tell_address("http://localhost:8123/")
    assert lock.running_at(folders) is None


def test_running_at_tells_the_address_of_who_holds_the_lock(folders: Folders) -> None:
    with lock.hold(folders) as held:
        assert lock.running_at(folders) == ""
        held.tell_address("http://localhost:8123/")
        assert lock.running_at(folders) == "http://localhost:8123/"


def test_running_at_believes_no_address_of_a_killed_parent(folders: Folders) -> None:
    with lock.hold(folders):
        pass
    (folders.run / "address").write_text("http://localhost:8123/")
    assert lock.running_at(folders) is None


def test_running_at_takes_the_lock_from_nobody(folders: Folders) -> None:
    """It only looks: not even for a moment does it hold what a start could be refused for."""
    with lock.hold(folders):
        pass
    opened = folders.run / "lock"
    opened.chmod(0)
    assert lock.running_at(folders) is None
    opened.unlink()
    assert lock.running_at(folders) is None
    assert list(folders.run.iterdir()) == []


def _holds(process: str, path: Path) -> bool:
    for entry in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed while we looked
            if entry.samefile(path):
                return True
    return False


@pytest.mark.process
def test_children_do_not_inherit_the_lock(folders: Folders) -> None:
    with lock.hold(folders), subprocess.Popen(["sleep", "600"], close_fds=False) as child:
        try:
            assert _holds("self", folders.run / "lock")
            until(lambda: not _holds(str(child.pid), folders.run / "lock"))
        finally:
            child.kill()
