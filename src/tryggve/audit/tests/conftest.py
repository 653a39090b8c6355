import pytest

from tryggve.audit import registry


@pytest.fixture
def vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vocabulary of the test's own, so that its words stay out of the product's."""
    monkeypatch.setattr(registry, "_actions", {})
    monkeypatch.setattr(registry, "_reactions", {})
