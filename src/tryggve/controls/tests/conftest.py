import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection

from tryggve.controls import registry, starting
from tryggve.controls.registry import Measure

_PLANTED = "tryggve.controls.tests.planted.controls"
_OF_A_DATABASE = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Mapping[str, Measure]]:
    """Controls of the tests' own, without the product's; what they look at lies in ``tmp_path``."""
    monkeypatch.setattr(registry, "_measures", {})
    monkeypatch.setenv("PLANTED", str(tmp_path))
    sys.modules.pop(_PLANTED, None)
    import_module(_PLANTED)
    yield registry.measures()
    sys.modules.pop(_PLANTED, None)


@pytest.fixture
def processes(
    monkeypatch: pytest.MonkeyPatch, planted: Mapping[str, Measure], transactional_db: None
) -> Iterator[None]:
    """What is started measures the planted controls and writes to the tests' database."""
    database = {name: connection.settings_dict[name] for name in _OF_A_DATABASE}
    monkeypatch.setenv("CHILD_DATABASE", json.dumps(database, default=str))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tryggve.controls.tests.child_settings")
    yield
    for process in starting._started:
        starting.end(process)
    starting._started.clear()
