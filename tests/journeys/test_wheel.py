"""The wheel alone: no clone, no Node, nothing built on the user's machine."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.furnishing import LISTS
from tests.program import Program
from tools import tree

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def command() -> Iterator[Path]:
    """``tryggve`` in an empty environment, installed from a wheel."""
    home = Path(tempfile.mkdtemp(prefix="tryggve-wheel-"))
    home.chmod(0o755)  # who runs it has no rights to what is ours
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", home / "dist", tree.ROOT)
    _run(sys.executable, "-m", "venv", home / "venv")
    pip: list[str | Path] = [
        home / "venv/bin/python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    _run(*pip, "--require-hashes", "--only-binary", ":all:", "-r", tree.ROOT / "requirements/base.lock")
    [wheel] = (home / "dist").glob("*.whl")
    _run(*pip, "--no-deps", "--no-index", wheel)
    yield home / "venv/bin/tryggve"
    shutil.rmtree(home)


def _run(*words: str | Path) -> None:
    subprocess.run([str(word) for word in words], cwd="/", check=True, stdout=subprocess.DEVNULL)


@pytest.fixture
def installed(command: Path) -> Iterator[Program]:
    program = Program(command=[str(command)])
    yield program
    program.clear()


def test_wheel_starts_imports_and_finds(installed: Program) -> None:
    link = installed.start()

    imported = installed.run(
        "customers", "import", "-", "--json", given=(LISTS / "ugly-swedish.csv").read_bytes()
    )
    result = json.loads(imported.stdout)
    found = installed.run("customers", "find", "akerstr", "--json")

    assert link.startswith(f"{installed.address}/start/")
    assert result["created"] > 250
    assert "Åkerstr".lower() in json.loads(found.stdout)[0]["name"].lower()


def test_wheel_carries_what_it_was_built_from_and_no_more(command: Path) -> None:
    package = next((command.parent.parent / "lib").glob("python3*")) / "site-packages/tryggve"

    assert (package / "_built/static/manifest.json").is_file()
    assert (package / "_built/locale/sv/LC_MESSAGES/django.mo").is_file()
    assert (package / "domains/datamap/engine/names/persons.crfsuite").is_file()
    assert len(list(package.parent.glob("tryggve-*.dist-info/licenses/**/names/NOTICE.md"))) == 1
    assert not (package / "_built/test").exists()
    assert list(package.rglob("test_*.py")) == []
