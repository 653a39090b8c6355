"""A child that really tries: key's path, loopback, foreign descriptor, and all else that a parser may not."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from errno import EACCES, EAGAIN, EBADF, EMFILE, EPERM
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tryggve.lib.confinement import landlock, seccomp
from tryggve.lib.sandbox.tests import acts, attempts

pytestmark = [pytest.mark.process, pytest.mark.skipif(sys.platform != "linux", reason="means of Linux")]

_SOURCES = Path(__file__).parents[4]
_NOBODY = 65534
_IS_ROOT = os.geteuid() == 0
_OF_FILES = ("read_file", "write_file")
_OF_NETWORK = ("connect_to_loopback", "connect_to_abstract_socket")
_OF_PROCESSES = ("trace_parent", "read_memory_of_parent", "signal_parent")

needs_landlock = pytest.mark.skipif(
    landlock.version() < 6, reason="this kernel has no Landlock, or an old one"
)
needs_seccomp = pytest.mark.skipif(not seccomp.is_there(), reason="this kernel has no seccomp")


@pytest.fixture(params=["this user", "an ordinary user"])
def user(request: pytest.FixtureRequest) -> int | None:
    """Who starts the child: whoever runs the tests, and if that is root, nobody too."""
    if request.param == "this user":
        return None
    if not _IS_ROOT:
        pytest.skip("this user is an ordinary one")
    return _NOBODY


@pytest.fixture
def folder(user: int | None) -> Iterator[str]:
    with TemporaryDirectory() as made:
        if user is not None:
            os.chown(made, user, user)
        yield made


def _tried(means: str, *, folder: str, user: int | None) -> dict[str, int]:
    """The number of the error of each act, 0 for one that succeeded."""
    done = subprocess.run(
        [sys.executable, "-m", attempts.__name__, folder, means],
        cwd="/", env={"PYTHONPATH": str(_SOURCES)}, stdout=subprocess.PIPE, check=True,
        user=user, group=user, extra_groups=None if user is None else [],
    )  # fmt: skip
    found: dict[str, int] = json.loads(done.stdout)
    return found


def test_every_act_succeeds_where_nothing_is_sealed_off(folder: str, user: int | None) -> None:
    assert _tried("nothing", folder=folder, user=user) == dict.fromkeys(acts.ACTS, 0)


@needs_seccomp
@pytest.mark.parametrize("means", ["sandbox", "fork"])
def test_no_act_succeeds_in_a_parser(means: str, folder: str, user: int | None) -> None:
    expected = dict.fromkeys(acts.ACTS, EPERM) | {"read_descriptor": EBADF}
    assert _tried(means, folder=folder, user=user) == expected
    assert [path.name for path in Path(folder).iterdir()] == ["key"]


@needs_seccomp
def test_filter_alone_refuses_all_but_what_was_inherited(folder: str, user: int | None) -> None:
    expected = dict.fromkeys(acts.ACTS, EPERM) | {"read_descriptor": 0}
    assert _tried("seccomp", folder=folder, user=user) == expected


@needs_landlock
def test_landlock_alone_refuses_paths_sockets_and_other_processes(folder: str, user: int | None) -> None:
    expected = dict.fromkeys(acts.ACTS, 0)
    expected |= dict.fromkeys((*_OF_FILES, "connect_to_loopback", "become_another_program"), EACCES)
    expected |= dict.fromkeys((*_OF_PROCESSES, "connect_to_abstract_socket"), EPERM)
    assert _tried("landlock", folder=folder, user=user) == expected


def test_limits_alone_refuse_whatever_is_opened(folder: str, user: int | None) -> None:
    expected = dict.fromkeys(acts.ACTS, 0) | dict.fromkeys((*_OF_FILES, *_OF_NETWORK), EMFILE)
    # Another program does begin, and can't open the libraries that it needs.
    expected["become_another_program"] = attempts.DIED
    if user is not None or not _IS_ROOT:
        expected["start_process"] = EAGAIN
    assert _tried("limits", folder=folder, user=user) == expected


@pytest.mark.skipif(not _IS_ROOT, reason="only root can become another user")
def test_another_user_alone_reaches_no_file_and_no_process_of_the_first(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    expected = dict.fromkeys(acts.ACTS, 0) | dict.fromkeys(_OF_FILES, EACCES)
    expected |= dict.fromkeys(_OF_PROCESSES, EPERM)
    assert _tried("other_user", folder=str(tmp_path), user=None) == expected
