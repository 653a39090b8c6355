import pytest

from tryggve.privacy import registry


@pytest.fixture
def no_holdings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry of the test's own, without the product's holdings."""
    monkeypatch.setattr(registry, "_holdings", {})
