"""A folder of this computer, as somebody wrote it down."""

import os
from pathlib import Path
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from tryggve.lib.errors import Refusal


class NotAFolder(Refusal):
    """There is nothing of that name, or something else."""

    sentence: ClassVar = _(
        "There is no folder of that name on this computer. Nothing was changed. Write the whole path, such as "
        "/home/anna/Bookkeeping."
    )


class Unreadable(Refusal):
    """Tryggve's user may not look into it."""

    sentence: ClassVar = _(
        "Tryggve may not read that folder. Nothing was changed. Let the user whom Tryggve runs as read it, and try "
        "again."
    )


def folder_at(told: str) -> Path:
    """The folder that somebody wrote down, through all links. Raises NotAFolder and Unreadable."""
    path = Path(told.strip())
    try:
        if "\0" in told or not path.is_absolute() or not path.is_dir():
            raise NotAFolder
        found = path.resolve(strict=True)
        with os.scandir(found):
            return found
    except PermissionError:
        raise Unreadable from None
    except (OSError, RuntimeError):  # gone meanwhile, or links that lead in a circle
        raise NotAFolder from None
