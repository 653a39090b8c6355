import json
import subprocess
from collections.abc import Iterator

import pytest

from tryggve.lib.folders import Folders
from tryggve.supervisor import processes, runfiles
from tryggve.supervisor.runfiles import RunFile
from tryggve.supervisor.tests.polling import until

pytestmark = pytest.mark.process


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    """A group of its own that carries the token ``ours``."""
    child = subprocess.Popen(["sleep", "600"], env={"TRYGGVE_RUN": "ours"}, start_new_session=True)
    until(lambda: processes.carries(child.pid, "TRYGGVE_RUN", "ours"))
    yield child
    child.kill()
    child.wait()


def test_group_with_our_token_is_ended(folders: Folders, sleeper: "subprocess.Popen[bytes]") -> None:
    runfiles.write(folders, RunFile("server", sleeper.pid, "ours"))
    runfiles.end_left_behind(folders, grace=5)
    assert processes.living(sleeper.pid) == []
    assert list(folders.run.iterdir()) == []


def test_foreign_group_with_the_number_of_ours_is_left_alone(
    folders: Folders, sleeper: "subprocess.Popen[bytes]"
) -> None:
    runfiles.write(folders, RunFile("server", sleeper.pid, "another start"))
    runfiles.end_left_behind(folders, grace=5)
    assert processes.living(sleeper.pid) == [sleeper.pid]
    assert list(folders.run.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"group": "x", "token": "ours"}',
        '{"group": 0, "token": "ours"}',
        "\ud800",
    ],
)
def test_damaged_run_file_is_passed_over(
    folders: Folders, sleeper: "subprocess.Popen[bytes]", text: str
) -> None:
    (folders.run / "damaged.json").write_text(text, encoding="utf-8", errors="surrogatepass")
    runfiles.write(folders, RunFile("server", sleeper.pid, "ours"))
    runfiles.end_left_behind(folders, grace=5)
    assert processes.living(sleeper.pid) == []
    assert list(folders.run.iterdir()) == []


def test_run_file_names_child_group_and_token(folders: Folders) -> None:
    runfiles.write(folders, RunFile("server", 12, "ours"))
    assert json.loads((folders.run / "server.json").read_text()) == {
        "name": "server",
        "group": 12,
        "token": "ours",
    }
    runfiles.remove(folders, "server")
    runfiles.remove(folders, "server")
    assert list(folders.run.iterdir()) == []
