import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tryggve.lib import plugin

NAME = "planted_domain"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An app of the test's own, empty but for its beginning."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "__init__.py").write_text("filled = []\n")
    yield tmp_path / NAME
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


def _make_ready() -> list[str]:
    module = import_module(NAME)
    plugin.PluginConfig(NAME, module).ready()
    filled: list[str] = module.filled
    return filled


def test_app_without_plug_files_is_ready(place: Path) -> None:
    assert _make_ready() == []


def test_each_plug_file_that_is_there_is_loaded_once(place: Path) -> None:
    for plug in plugin.PLUGS:
        (place / f"{plug}.py").write_text(f"import {NAME}\n{NAME}.filled.append('{plug}')\n")
    assert _make_ready() == list(plugin.PLUGS)
    assert _make_ready() == list(plugin.PLUGS)


def test_files_that_are_no_plugs_stay_unloaded(place: Path) -> None:
    (place / "views.py").write_text("raise AssertionError\n")
    assert _make_ready() == []


@pytest.mark.parametrize(
    ("broken", "failure"),
    [("1 / 0\n", ZeroDivisionError), ("import no_such_module\n", ImportError), ("def\n", SyntaxError)],
)
def test_broken_plug_file_fails_loudly(place: Path, broken: str, failure: type[Exception]) -> None:
    (place / "routines.py").write_text(broken)
    with pytest.raises(failure):
        _make_ready()
