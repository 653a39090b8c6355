from collections.abc import Iterator

import pytest

from tryggve.accounts.addresses import places


@pytest.fixture
def no_addresses() -> Iterator[None]:
    """The data folder is that of all tests."""
    _clear()
    yield
    _clear()


def _clear() -> None:
    for path in (places.countries_path(), places.hosting_path()):
        path.unlink(missing_ok=True)
