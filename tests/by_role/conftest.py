from collections.abc import Iterator

import pytest
import time_machine

from tests.by_role.people import NOON
from tryggve.domains.customers.register_index import register_index
from tryggve.vault.tests.keeper.conftest import chosen, custody, keeper, ring, where

__all__ = ["chosen", "custody", "keeper", "ring", "where"]


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    """By day, whenever the tests run: at night a factor is fresh for two minutes only.

    No desktop and no systemd is there, else the keys of this firm would get into the real keyring of who runs this.
    """
    for name in ("DBUS_SESSION_BUS_ADDRESS", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    register_index.forget()
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
    register_index.forget()
