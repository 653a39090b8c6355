import subprocess
import sys

import pytest

from tryggve.lib import spare_memory

# Large arrays let go of between others that stay: the C library keeps their room.
_HOLES = """
import os
from tryggve.lib import spare_memory

def held():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

some = [b"x" * 120_000 for _number in range(600)]
del some[::2]
before = held()
spare_memory.give_back()
print(before - held())
"""


@pytest.mark.skipif(spare_memory._trim() is None, reason="only glibc keeps it")
def test_what_was_let_go_of_goes_back_to_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", _HOLES], capture_output=True, text=True, check=True)

    assert int(done.stdout) > 20_000_000


def test_without_such_a_library_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare_memory, "_trim", lambda: None)

    spare_memory.give_back()
