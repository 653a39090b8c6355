from collections.abc import Iterator

import pytest

from tests.program import Program
from tryggve.domains.setup.tests import register
from tryggve.vault.tests.keeper.conftest import chosen, custody, keeper, ring, where

__all__ = ["chosen", "custody", "keeper", "ring", "where"]


@pytest.fixture(scope="module")
def used() -> Iterator[Program]:
    """A register with one customer in it, made by the command; tests copy it."""
    with register.new() as made:
        done = made.run("customers", "import", "-", given=b"name;email\nCilla Karlsson;cilla@example.se\n")
        assert (done.returncode, done.stderr) == (0, b"")
        yield made


@pytest.fixture
def spoilt(used: Program) -> Iterator[Program]:
    """A copy of it to spoil."""
    with register.copied(used) as made:
        yield made
