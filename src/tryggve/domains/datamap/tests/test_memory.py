"""However large a file is, however long its lines: what a scan of it takes stays below the bar of 150 MB."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import IO

import pytest

from tools import tree

_MOST_MB = 150
_GB = 10**9
_END = b" skriv till bo@example.se om detta"


@pytest.fixture
def file() -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile(buffering=0) as made:
        yield made


def _scanned(file: IO[bytes]) -> dict[str, object]:
    file.seek(0)
    done = subprocess.run(
        [sys.executable, "-m", "tryggve.domains.datamap.tests.peak_of_a_scan"], stdin=file, capture_output=True,
        check=True, env={**os.environ, "PYTHONPATH": str(tree.PACKAGE.parent)},
    )  # fmt: skip
    told: dict[str, object] = json.loads(done.stdout)
    return told


def _found_within_bounds(file: IO[bytes], found: list[str]) -> bool:
    told = _scanned(file)
    assert told["found"] == found
    assert isinstance(told["peak_mb"], float)
    return told["peak_mb"] < _MOST_MB


def test_line_of_five_gigabytes(file: IO[bytes]) -> None:
    """Its midst is a hole, so that it takes no room on the disk; nothing in it ends a line."""
    file.write(b"hej " * 10_000)
    file.seek(5 * _GB - len(_END))
    file.write(_END)
    assert _found_within_bounds(file, ["bo@example.se"])


def test_line_of_letters_and_numbers(file: IO[bytes]) -> None:
    for number in range(40):
        file.write(b"ordning och reda 4711, 12:30; " * 50_000)
        file.write(b"bo%d@example.se " % number)
    assert _found_within_bounds(file, [f"bo{number}@example.se" for number in range(40)])
