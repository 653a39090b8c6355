"""Runs the auditor's program on invented exports."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.verify_audit import exports
from tools import verify_audit

Verify = Callable[..., dict[str, Any]]


@pytest.fixture
def verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    """The verdict on these files; the exit status must fit it. Keywords: checkpoints saved, a key pinned."""

    def verdict(files: dict[str, bytes], *saved: bytes, key: str = "") -> dict[str, Any]:
        folder = exports.write(files, Path(tempfile.mkdtemp(dir=tmp_path)))
        words = [str(folder), "--json", *(["--key", key] if key else [])]
        for number, note in enumerate(saved):
            (tmp_path / f"saved-{number}").write_bytes(note)
            words += ["--checkpoint", str(tmp_path / f"saved-{number}")]
        status = verify_audit.main(words)
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert status == (0 if found["ok"] else 1)
        return found

    return verdict
