"""The keyring of the computer's desktop (Secret Service), which keeps a random secret for the register.

It opens with the person's login, so that nobody is asked. Tryggve never makes it ask: where it is locked, missing or
silent, the register waits for a passphrase or the recovery kit.
"""

from tryggve.vault.os_keyring.asking import (
    OsKeyringAbsent,
    OsKeyringGone,
    OsKeyringLocked,
    OsKeyringRefused,
    OsKeyringSilent,
    delete,
    is_there,
    keep,
    read,
)

__all__ = [
    "OsKeyringAbsent",
    "OsKeyringGone",
    "OsKeyringLocked",
    "OsKeyringRefused",
    "OsKeyringSilent",
    "delete",
    "is_there",
    "keep",
    "read",
]
