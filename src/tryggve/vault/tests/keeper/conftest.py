from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import opening, unlockers
from tryggve.vault.keeper import server
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests.cheap import CHEAP, PASSPHRASE
from tryggve.vault.tests.conftest import chosen, ring, where

__all__ = ["chosen", "ring", "where"]

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TOKEN = "the-token-of-this-start"


@pytest.fixture
def custody(where: Folders, ring: vault.Keyring) -> Custody:
    """Of a register with a key file and a passphrase, unlocked."""
    unlocked = opening.unlock(where)
    unlockers.add_passphrase(PASSPHRASE, store=Keystore(where.keys), unlocked=unlocked, now=NOW, cost=CHEAP)
    begun = Custody(where)
    begun.begin()
    return begun


@pytest.fixture
def keeper(chosen: Folders, custody: Custody) -> Iterator[Custody]:
    """The same, and it answers on its socket; this process is one of its commands."""
    chosen.run.mkdir(mode=0o700, exist_ok=True)
    with server.listening(chosen, custody, token=TOKEN):
        yield custody
