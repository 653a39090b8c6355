"""The token of one start of ``up``: a child shows it to the keeper, so that none of an earlier start is served."""

import os
import secrets
from typing import Final

VARIABLE: Final = "TRYGGVE_KEEPER_FD"
_BYTES = 32


def make() -> tuple[str, int]:
    """A fresh token, and a descriptor for children to inherit that holds it; it is on no disk."""
    token = secrets.token_hex(_BYTES)
    descriptor = os.memfd_create("tryggve-keeper", os.MFD_CLOEXEC)
    os.write(descriptor, token.encode())
    return token, descriptor


def inherited() -> str | None:
    """The token that this process was started with; None in one that a person started."""
    number = os.environ.get(VARIABLE)
    return os.pread(int(number), 2 * _BYTES, 0).decode() if number else None
