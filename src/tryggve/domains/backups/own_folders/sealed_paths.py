"""Where a folder of the company's own lies: its name may tell of somebody, so it is sealed for the service."""

import os
from pathlib import Path
from typing import Final

from tryggve import vault

_PURPOSE: Final = "backups: a folder of the company's own"


def sealed(path: Path) -> bytes:
    """Raises vault.Locked without the service key."""
    return vault.seal_for_service(_PURPOSE, os.fsencode(path))


def opened(blob: bytes | memoryview) -> Path:
    """Raises vault.CannotOpen, and vault.Locked without the service key."""
    return Path(os.fsdecode(vault.open_for_service(_PURPOSE, bytes(blob))))
