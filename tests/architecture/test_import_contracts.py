"""Each import contract is kept by the house and broken by a violation planted in a copy of it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import tree

DOWN = "Imports point down"
ISLANDS = "Domains are islands, except the bridges listed here"
CYCLES = "No cycle anywhere"
INSIDE = "Inside a domain, imports point down"
VIEWS = "Views ask services and selectors, never models"
ENGINES = "Engines know no Django and no kernel"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package's Python files with the contracts, in a folder of their own."""
    for path in tree.files("*.py", below=tree.PACKAGE):
        if "tests" not in path.parts:
            target = tmp_path / "src" / "tryggve" / path.relative_to(tree.PACKAGE)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    shutil.copyfile(tree.ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def plant(copy: Path, name: str, text: str) -> None:
    path = copy / "src" / "tryggve" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in path.parents:
        if folder.name == "src":
            break
        (folder / "__init__.py").touch()
    path.write_text(text)


def verdicts(copy: Path) -> dict[str, bool]:
    """Each contract's name and whether it is kept."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--config", copy / "pyproject.toml", "--no-cache"],
        cwd=copy / "src", capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.findall(r"^(.+?) (KEPT|BROKEN)", done.stdout, re.MULTILINE)
    assert found, done.stdout + done.stderr
    return {name.strip(): verdict == "KEPT" for name, verdict in found}


def test_house_keeps_every_contract(copy: Path) -> None:
    assert verdicts(copy) == dict.fromkeys((DOWN, ISLANDS, CYCLES, INSIDE, VIEWS, ENGINES), True)


@pytest.mark.parametrize(
    ("contract", "name", "text"),
    [
        (DOWN, "audit/planted.py", "from tryggve.domains.customers import models"),
        (DOWN, "lib/planted.py", "from tryggve.accounts import permissions"),
        (DOWN, "domains/customers/planted.py", "from tryggve.config import database"),
        (ISLANDS, "domains/customers/planted.py", "from tryggve.domains.access import actions"),
        (ISLANDS, "domains/planted/models.py", "from tryggve.domains.customers import models"),
        (CYCLES, "lib/planted.py", "from tryggve.vault import binding"),
        (CYCLES, "domains/setup/planted.py", "from tryggve.domains.customers.selectors import register"),
        (VIEWS, "domains/planted/views.py", "from tryggve.domains.planted import models"),
        (VIEWS, "domains/planted/portal_views.py", "from tryggve.domains.planted import models"),
        (ENGINES, "domains/planted/engine/reading.py", "from django.conf import settings"),
        (ENGINES, "domains/planted/engine/reading.py", "from tryggve.vault import keyring"),
        (ENGINES, "domains/planted/engine/reading.py", "from tryggve.ui import menu"),
        (INSIDE, "domains/planted/models.py", "from tryggve.domains.planted import services"),
        (INSIDE, "domains/planted/services.py", "from tryggve.domains.planted import views"),
        (INSIDE, "domains/planted/engine/reading.py", "from tryggve.domains.planted import selectors"),
    ],
)
def test_planted_violation_breaks_its_contract(copy: Path, contract: str, name: str, text: str) -> None:
    for module in ("models", "services", "selectors", "views"):
        plant(copy, f"domains/planted/{module}.py", "")
    plant(copy, name, text + "\n")
    assert verdicts(copy)[contract] is False


def test_new_and_empty_domain_breaks_nothing(copy: Path) -> None:
    for module in ("models", "services", "selectors", "views"):
        plant(copy, f"domains/planted/{module}.py", "")
    assert set(verdicts(copy).values()) == {True}


def test_an_engine_imports_nothing_of_ours_but_itself_lib_and_the_engine_of_controls() -> None:
    """Also not what lies beside it in its domain and is in no layer."""
    strange, engines = [], list(tree.PACKAGE.glob("domains/*/engine/**/*.py"))
    assert len(engines) > 100
    for path in engines:
        own = f"tryggve.domains.{path.relative_to(tree.PACKAGE).parts[1]}.engine"
        for module in re.findall(r"^\s*(?:from|import) (tryggve[\w.]*)", path.read_text(), re.MULTILINE):
            if not f"{module}.".startswith((f"{own}.", "tryggve.controls.engine.", "tryggve.lib.")):
                strange.append((path.name, module))
    assert strange == []
