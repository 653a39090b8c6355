import pytest
from pytest_django import Settings

from tryggve.accounts.tests import planted


@pytest.fixture
def planted_pages(settings: Settings) -> None:
    """Serve the planted pages in place of the product's."""
    settings.ROOT_URLCONF = "tryggve.accounts.tests.planted"
    planted.ASKED.clear()
