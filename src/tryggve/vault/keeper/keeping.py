"""Being the keeper: what the parent process of ``up`` does for as long as its children run."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass

from tryggve.lib.folders import Folders
from tryggve.vault import opening
from tryggve.vault.keeper import server
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.keeper_socket import token


@dataclass(frozen=True)
class Shown:
    """What a child must inherit to be answered: a descriptor, named by an environment variable."""

    descriptor: int
    variable: str = token.VARIABLE


@contextlib.contextmanager
def keeping(folders: Folders) -> Iterator[Shown]:
    """Inside, this process keeps the key-encryption keys, and answers its children and this account's commands.

    Call it with the lock on the data folder held. Raises as vault.keyring does when the register neither opens
    nor can be unlocked by a person, and OSError.
    """
    opening.forget()
    custody = Custody(folders)
    custody.begin()
    text, descriptor = token.make()
    try:
        with server.listening(folders, custody, token=text):
            yield Shown(descriptor)
    finally:
        custody.forget()
        os.close(descriptor)
