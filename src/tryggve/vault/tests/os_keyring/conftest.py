from collections.abc import Iterator

import pytest

from tryggve.vault.tests.desktop import Desktop, signed_in
from tryggve.vault.tests.keeper.conftest import custody, ring, where

__all__ = ["custody", "ring", "where"]


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """Anna is signed in, and this process was started from there."""
    with signed_in() as made:
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        yield made
