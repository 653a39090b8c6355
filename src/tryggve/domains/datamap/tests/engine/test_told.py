"""What is told of a scan, and what is ready before the first one."""

import json
import subprocess
import sys
from pathlib import Path

_SOURCES = Path(__file__).parents[5]
# In a process of its own: here other tests had all that is compiled compiled.
_COMPILED_AFTER_REHEARSAL = """
import hyperscan, io, json
from tryggve.domains.datamap.engine import told
told.rehearse()
made, database = [], hyperscan.Database
hyperscan.Database = lambda **how: made.append(how) or database(**how)
for name in ("a.txt", "a.csv", "a.html"):
    for content in (b"", b"Hej du\\nglade", b"Namn;Personnummer\\nAnna Ek;19811218-9876\\nBo Ek;19121212-1212\\n"):
        list(told.tell(io.BytesIO(content), name=name))
print(json.dumps(len(made)))
"""


def test_nothing_is_compiled_after_the_rehearsal() -> None:
    """It takes twenty times as long as to look through a small file, and each file has a fresh child."""
    done = subprocess.run(
        [sys.executable, "-c", _COMPILED_AFTER_REHEARSAL],
        cwd="/", env={"PYTHONPATH": str(_SOURCES)}, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == 0
