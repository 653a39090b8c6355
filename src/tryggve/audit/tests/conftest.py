from collections.abc import Iterator

import pytest

from tryggve.audit import registry
from tryggve.lib import write_points


@pytest.fixture
def vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vocabulary of the test's own, so that its words stay out of the product's."""
    monkeypatch.setattr(registry, "_actions", {})
    monkeypatch.setattr(registry, "_reactions", {})


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> registry.Action:
    """A deed to log, beside the product's own vocabulary."""
    monkeypatch.setattr(registry, "_actions", dict(registry.actions()))
    return registry.declare("customers.customer-seen", "A customer's details were read", number=int)


@pytest.fixture(autouse=True)
def nothing_is_cut() -> Iterator[None]:
    yield
    write_points.cut_with(None)
