"""What is put into the computer's keyring and taken out of it again, around a change to the slots."""

import contextlib
import logging
from collections.abc import Iterator
from uuid import UUID

from tryggve.lib import write_points
from tryggve.vault import os_keyring, secretfile
from tryggve.vault.secretfile import FileSecret

logger = logging.getLogger(__name__)


@contextlib.contextmanager
def kept() -> Iterator[FileSecret]:
    """A fresh secret that the keyring has, for a slot that the block commits; taken out again when it doesn't.

    Cut off in between, an entry stays that opens nothing. Raises as os_keyring.keep does.
    """
    fresh = secretfile.fresh()
    os_keyring.keep(fresh.id, fresh.secret)
    write_points.reached("vault: keyring entry written")
    try:
        yield fresh
    except BaseException:
        clear(fresh.id)
        raise


def clear(entry: UUID) -> bool:
    """Whether the keyring has it no more. A keyring that doesn't answer keeps an entry that opens nothing here."""
    try:
        os_keyring.delete(entry)
    except os_keyring.OsKeyringGone:
        return True
    except os_keyring.OsKeyringRefused as refused:
        logger.warning("an entry stays in the keyring", extra={"facts": {"error": type(refused).__name__}})
        return False
    return True
