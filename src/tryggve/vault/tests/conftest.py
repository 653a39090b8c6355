from collections.abc import Iterator
from pathlib import Path

import pytest

from tryggve import vault
from tryggve.lib import folders
from tryggve.vault import opening
from tryggve.vault.tests import lost_register, rotating


@pytest.fixture
def where(tmp_path: Path) -> folders.Folders:
    """The folders of a firm that hasn't started yet."""
    chosen = folders.Folders(data=tmp_path / "data", config=tmp_path / "config")
    folders.create(chosen)
    return chosen


@pytest.fixture
def ring(where: folders.Folders) -> vault.Keyring:
    """Its keyring after a first start."""
    vault.create(where)
    return opening.open_keyring(where)


@pytest.fixture
def chosen(where: folders.Folders, monkeypatch: pytest.MonkeyPatch) -> Iterator[folders.Folders]:
    """The same firm as the one that this process is for."""
    monkeypatch.setenv("TRYGGVE_DATA", str(where.data))
    monkeypatch.setenv("TRYGGVE_CONFIG", str(where.config))
    vault.forget()
    yield where
    vault.forget()


@pytest.fixture(scope="session")
def well_used(tmp_path_factory: pytest.TempPathFactory) -> rotating.Firm:
    """A firm with keys of all kinds; take ``firm``, which is a copy."""
    return rotating.begin(tmp_path_factory.mktemp("well-used"))


@pytest.fixture
def firm(well_used: rotating.Firm, tmp_path: Path) -> rotating.Firm:
    """A firm with keys of all kinds, of one's own."""
    return rotating.copy(well_used, tmp_path / "firm")


@pytest.fixture
def lost(where: folders.Folders, ring: vault.Keyring) -> lost_register.Lost:
    """A firm whose computer is gone."""
    return lost_register.lose(where, ring)


@pytest.fixture
def bare(tmp_path: Path) -> folders.Folders:
    """A new computer's folders, empty."""
    return lost_register.bare(tmp_path / "new")
