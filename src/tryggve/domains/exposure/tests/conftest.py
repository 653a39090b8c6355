from collections.abc import Iterator
from pathlib import Path

import pytest

from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.tests.authority import Authority
from tryggve.domains.exposure.tests.name_server import NameServer
from tryggve.domains.exposure.tests.web_server import Websites
from tryggve.vault.tests.keeper.conftest import chosen, custody, keeper, ring, where

__all__ = ["chosen", "custody", "keeper", "ring", "where"]


@pytest.fixture
def names() -> Iterator[NameServer]:
    """The name service, here."""
    with NameServer() as server:
        yield server


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """Whoever signs websites' certificates."""
    return Authority(tmp_path)


@pytest.fixture
def websites(authority: Authority) -> Iterator[Websites]:
    """The web, here: all that is annas.se's."""
    with Websites(authority.context("annas.se", "*.annas.se")) as served:
        yield served


@pytest.fixture
def reach(websites: Websites, authority: Authority) -> Reach:
    """As far as that web, with the patience of a busy computer."""
    return Reach(True, websites.http, websites.https, str(authority.file), 60, 60)
