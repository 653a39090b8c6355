import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tryggve.config.tests import machine

# What root may do is tried as root, in CI; an ordinary user's way is tried by everybody.
collect_ignore = [] if os.getuid() == 0 else ["test_person_root.py", "test_handover.py"]


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that an ordinary user of this computer owns; no temporary folder of pytest's lets others in."""
    with machine.folder_of(machine.PERSON) as made:
        yield made


@pytest.fixture
def roots() -> Iterator[Path]:
    """A folder of root's that others may enter."""
    with machine.folder_of("root") as made:
        made.chmod(0o755)
        yield made
