from collections.abc import Iterator

import pytest

from tryggve.audit import checkpoints, registry, sequencer
from tryggve.audit.tests import logs
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


@pytest.fixture
def log(seen: registry.Action) -> bytes:
    """620 leaves: a checkpoint at 300, one at 600 that was kept elsewhere, and 20 leaves that none covers."""
    logs.fill(seen, 298)
    checkpoints.sign(now=logs.NOW)
    logs.fill(seen, 300)
    signed = checkpoints.sign(now=logs.NOW)
    logs.fill(seen, 20)
    sequencer.sequence(now=logs.NOW)
    assert (signed.size, logs.disk_size(), logs.verdict(signed.note)) == (600, 620, "ok")
    return signed.note
