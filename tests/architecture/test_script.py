"""``./tryggve`` in a stand-in for a clone, with empty locks: what it makes ready, repairs and leaves alone."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools import tree

pytestmark = pytest.mark.process

SECONDS_TO_SET_UP = 60
ASSETS = """
import pathlib, sys
built = pathlib.Path(__file__).parent / "built"
if "--check" in sys.argv:
    sys.exit(not built.exists())
built.touch()
"""
MAIN = "import os, sys\nprint(sys.argv[1:], os.getcwd(), sys.prefix)\n"


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that a user without rights can enter, as pytest's own can't be."""
    with new_home() as folder:
        yield folder


@pytest.fixture
def clone(home: Path) -> Path:
    """A clone that was never started."""
    return new_clone(home)


@pytest.fixture(scope="module")
def ready() -> Iterator[Path]:
    """A clone after its first start, for tests that leave it as able to start as it was."""
    with new_home() as folder:
        clone = new_clone(folder)
        status, _, err = run(clone / "tryggve")
        assert (status, "Fetching Tryggve's Python packages" in err) == (0, True)
        yield clone


@contextmanager
def new_home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tryggve-script-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def new_clone(home: Path) -> Path:
    """In a folder with a space and a letter that isn't ASCII, owned by a user without rights."""
    place = home / "min mapp å" / "clone"
    package = place / "src" / "tryggve"
    package.mkdir(parents=True)
    (place / "requirements").mkdir()
    for kind in ("base", "test"):
        (place / "requirements" / f"{kind}.lock").write_text("# nothing\n")
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(MAIN)
    (place / "assets.py").write_text(ASSETS)
    shutil.copy(tree.ROOT / "tryggve", place / "tryggve")
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", "nobody", home], check=True)
    return place


def start(program: Path, *words: str, where: str | Path = "/", **environment: str) -> subprocess.Popen[str]:
    setpriv = shutil.which("setpriv") or "setpriv"
    person = [setpriv, "--reuid", "nobody", "--clear-groups"] if os.getuid() == 0 else []
    surroundings = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"} | environment
    return subprocess.Popen(
        [*person, str(program), *words], cwd=where, env=surroundings, text=True, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_hear_ctrl_c,
    )  # fmt: skip


def _hear_ctrl_c() -> None:
    # Whoever starts the tests in the background makes them and all below them deaf to it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def run(program: Path, *words: str, **environment: str) -> tuple[int, str, str]:
    process = start(program, *words, **environment)
    out, err = process.communicate(timeout=SECONDS_TO_SET_UP)
    return process.returncode, out, err


def answer(clone: Path, *words: str) -> str:
    return f"{list(words)} / {clone}/.venv\n"


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS_TO_SET_UP
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_second_start_only_starts(ready: Path) -> None:
    stamp = (ready / ".venv" / "stamp-base").stat().st_mtime_ns
    words = ("customers", "find", "two words")
    assert run(ready / "tryggve", *words) == (0, answer(ready, *words), "")
    assert (ready / ".venv" / "stamp-base").stat().st_mtime_ns == stamp


def test_start_through_a_link_finds_its_clone(ready: Path, home: Path) -> None:
    (home / "bin").mkdir()
    (home / "bin" / "tryggve").symlink_to(ready / "tryggve")
    (home / "again").symlink_to("bin/tryggve")
    assert run(home / "again") == (0, answer(ready), "")


def test_changed_lock_is_installed_anew(ready: Path) -> None:
    (ready / ".venv" / "left-over").touch()
    (ready / "requirements" / "base.lock").write_text("# changed\n")
    assert run(ready / "tryggve")[:2] == (0, answer(ready))
    assert not (ready / ".venv" / "left-over").exists()


def test_moved_clone_is_set_up_anew(ready: Path) -> None:
    moved = ready.with_name("moved")
    subprocess.run(["cp", "-a", ready, moved], check=True)
    assert run(moved / "tryggve")[:2] == (0, answer(moved))


def test_interrupted_set_up_is_repaired_by_the_next_start(clone: Path) -> None:
    first = start(clone / "tryggve")
    wait_for(lambda: (clone / ".venv" / "bin" / "python").exists())
    os.killpg(first.pid, signal.SIGINT)
    first.communicate(timeout=SECONDS_TO_SET_UP)
    assert first.returncode != 0
    assert not list((clone / ".venv").glob("stamp-*"))
    assert run(clone / "tryggve")[:2] == (0, answer(clone))


def test_two_starts_at_once_both_answer_and_one_sets_up(clone: Path) -> None:
    both = [start(clone / "tryggve", "help") for _ in range(2)]
    ended = [process.communicate(timeout=SECONDS_TO_SET_UP) for process in both]
    assert [out for out, _ in ended] == [answer(clone, "help")] * 2
    assert sum("Fetching" in err for _, err in ended) == 1
    assert sum("Waiting for another start" in err for _, err in ended) == 1


def test_packages_that_do_not_fit_their_hashes_are_refused(clone: Path, home: Path) -> None:
    (home / "tiny-1.0-py3-none-any.whl").write_bytes(b"not what was locked")
    (clone / "requirements" / "base.lock").write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n")
    status, out, err = run(clone / "tryggve", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(home))
    assert (status, out) == (2, "")
    assert "DO NOT MATCH THE HASHES" in err
    assert "No data was touched" in err
    assert not list((clone / ".venv").glob("stamp-*"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ({"LANG": "sv_SE.UTF-8"}, "Tryggve behöver Python 3.11"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "da_DK.UTF-8"}, "Tryggve skal bruge Python 3.11"),
        ({"LANG": "fi_FI.UTF-8"}, "Tryggve needs Python 3.11"),
    ],
)
def test_computer_without_python_is_told_so_in_words(
    clone: Path, home: Path, language: dict[str, str], words: str
) -> None:
    status, out, err = _run_with_little(clone, home, **language)
    assert (status, out) == (2, "")
    assert words in err


def _run_with_little(clone: Path, home: Path, **environment: str) -> tuple[int, str, str]:
    """On a computer that has next to nothing, and nobody to install it."""
    tools = home / "tools"
    tools.mkdir()
    for name in ("sh", "id", "dirname", "readlink", "cat", "sed", "grep", "env", "ldconfig"):
        (tools / name).symlink_to(shutil.which(name, path="/usr/bin:/bin:/usr/sbin:/sbin") or name)
    (clone / "tryggve").write_text((clone / "tryggve").read_text().replace("/usr/", "/nowhere/"))
    return run(clone / "tryggve", PATH=str(tools), **environment)


def test_what_takes_backups_is_installed_or_the_line_that_installs_it_is_told(
    clone: Path, home: Path
) -> None:
    _status, _out, err = _run_with_little(clone, home)
    [line] = [one for one in err.splitlines() if "sudo apt-get install" in one]
    assert {"restic", "openssh-client"} <= set(line.split())


def test_folder_of_somebody_else_is_left_alone(clone: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can give a folder away")
    subprocess.run(["chown", "-R", "root", clone], check=True)
    status, _, err = run(clone / "tryggve")
    assert (status, (clone / ".venv").exists()) == (2, False)
    assert f"belongs to somebody else: {clone}" in err


def test_code_that_lies_in_the_callers_folder_is_not_run(clone: Path, home: Path) -> None:
    home.chmod(0o777)  # whoever runs it could write the proof
    trap = home / "mallory"
    (trap / "tryggve").mkdir(parents=True)
    sprung = home / "sprung"
    for name in ("tryggve/__main__.py", "tryggve/__init__.py", "venv.py", "pip.py", "compileall.py"):
        (trap / name).write_text(f"open({str(sprung)!r}, 'w').close()")

    process = start(clone / "tryggve", where=trap, PYTHONPATH=str(trap))
    process.communicate(timeout=SECONDS_TO_SET_UP)
    assert (process.returncode, sprung.exists()) == (0, False)
