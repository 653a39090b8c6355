from pathlib import Path

import pytest

from tryggve import vault
from tryggve.lib import folders
from tryggve.vault import opening


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
