import resource
import subprocess
import sys

import pytest

from tryggve.vault.keeper.memory import HeldSecret

READ_THEM = """
import ctypes, resource
from tryggve.vault.keeper import memory
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
memory.close_to_others()
print(before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_process_closed_to_others_leaves_no_core_dump_and_is_not_dumpable() -> None:
    done = subprocess.run([sys.executable, "-c", READ_THEM], capture_output=True, text=True, check=True)
    assert done.stdout == "1 0 (0, 0)\n"


def test_held_secret_reads_back_and_is_gone_after_wiping() -> None:
    held = HeldSecret(b"Cilla's key")
    pages = held._pages
    assert held.read() == b"Cilla's key"
    held.wipe()
    assert pages.closed
    with pytest.raises(ValueError, match="closed"):
        held.read()
    held.wipe()


def test_held_secret_is_kept_from_swap_where_the_account_may() -> None:
    allowed, _most = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    assert HeldSecret(b"x" * 32).is_kept_from_swap == (allowed == -1 or allowed >= resource.getpagesize())
