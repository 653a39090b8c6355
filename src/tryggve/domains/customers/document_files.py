from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from tryggve.lib import folders


def folder() -> Path:
    """Where the sealed bytes of all documents lie."""
    return folders.current().files / "documents"


def place_of(file: UUID) -> Path:
    """Where sealed bytes lie, by the ``file_ref`` of their document."""
    return folder() / file.hex


def remove_files(files: Iterable[UUID]) -> None:
    """Remove sealed bytes by their names; those that aren't there are no matter."""
    for file in files:
        place_of(file).unlink(missing_ok=True)
