import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tryggve.lib.folders import Folders
from tryggve.supervisor.tests.house import House, new_folders


@pytest.fixture(autouse=True)
def signals_of_a_terminal() -> Iterator[None]:
    """Tests that run in the background were told to ignore two signals, and what they start would be too."""
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler),
        signal.SIGHUP: signal.signal(signal.SIGHUP, signal.SIG_DFL),
    }
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return new_folders(tmp_path)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    built = House(tmp_path)
    yield built
    built.clear()
