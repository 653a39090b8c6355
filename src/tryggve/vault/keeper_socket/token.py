"""The token of one start of ``up``: a child shows it to the keeper, so that none of an earlier start is served."""

import fcntl
import os
import secrets
from typing import Final

VARIABLE: Final = "TRYGGVE_KEEPER_FD"
_BYTES = 32
_UNCHANGEABLE: Final = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL


def make() -> tuple[str, int]:
    """A fresh token, and a descriptor for children to inherit that holds it; it is on no disk."""
    token = secrets.token_hex(_BYTES)
    descriptor = os.memfd_create("tryggve-keeper", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.write(descriptor, token.encode())
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _UNCHANGEABLE)  # one child can't change it for the others
    return token, descriptor


def inherited() -> str | None:
    """The token that this process was started with; None in one that a person started."""
    number = os.environ.get(VARIABLE)
    return os.pread(int(number), 2 * _BYTES, 0).decode() if number else None
