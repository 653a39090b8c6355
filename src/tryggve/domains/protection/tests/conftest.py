import pytest

from tryggve.controls import registry
from tryggve.domains.protection.tests.reporting import plant


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protections that the test measures as it likes, in place of the product's own."""
    monkeypatch.setattr(registry, "_measures", {})
    plant()
