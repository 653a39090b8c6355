"""The command as one starts it: beside a running ``up``, locked, and before the first start."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.program import Program
from tools import tree

pytestmark = pytest.mark.process
KEYS = ["ok", "entries", "checkpoint", "first_bad", "lost_by_restore", "keys_replaced"]


@pytest.fixture(scope="module")
def running() -> Iterator[Program]:
    program = Program()
    try:
        program.start()
        yield program
    finally:
        program.clear()


def _verified(program: Program, *words: str) -> dict[str, Any]:
    done = program.run("audit", "verify", "--json", *words)
    assert (done.returncode, done.stderr) == (0, b"")
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_log_is_signed_verified_and_exported_beside_a_running_up(running: Program, tmp_path: Path) -> None:
    saved, export = running.home / "saved", tmp_path / "log.zip"
    note = running.run("audit", "checkpoint").stdout
    saved.write_bytes(note)
    told = _verified(running, "--checkpoint", str(saved))
    assert (list(told), told["ok"]) == (KEYS, True)
    given = running.run("audit", "verify", "--checkpoint", "-", given=note)
    assert (given.returncode, b"It fits the checkpoint that was kept elsewhere." in given.stdout) == (0, True)

    done = running.run("audit", "export", "-")
    assert (done.returncode, done.stderr) == (0, b"")
    export.write_bytes(done.stdout)
    key = (running.data / "audit" / "key").read_text().strip()
    standalone = subprocess.run(
        [sys.executable, "-I", "-S", str(tree.ROOT / "tools/verify_audit.py"), str(export), "--json",
         "--key", key, "--checkpoint", str(saved)],
        capture_output=True, check=False,
    )  # fmt: skip
    assert (standalone.returncode, json.loads(standalone.stdout)["ok"]) == (0, True)


def test_log_is_verified_and_exported_while_the_register_is_locked(running: Program) -> None:
    made = running.home / "made.zip"
    assert running.run("keys", "passphrase", "-", given="fyra glada sälar dansar".encode()).returncode == 0
    assert running.run("keys", "lock").returncode == 0
    try:
        assert _verified(running)["ok"]
        assert running.run("audit", "export", str(made)).returncode == 0
        assert running.run("audit", "checkpoint", "--json").returncode == 0
        for words in (["verify"], ["export", str(running.home / "words.zip")]):
            done = running.run("audit", *words, "--with-details")
            assert (done.returncode, done.stdout, b"locked" in done.stderr) == (3, b"", True)
    finally:
        running.run("keys", "unlock", "-", given="fyra glada sälar dansar".encode())
    assert (made.exists(), (running.home / "words.zip").exists()) == (True, False)


def test_wrong_requests_are_refused_in_words(running: Program) -> None:
    there = running.home / "saved"
    there.write_bytes(b"hello")
    for words, told in {
        ("verify", "--checkpoint", str(there)): "holds no checkpoint",
        ("verify", "--checkpoint", "/nowhere/at/all"): "can't be opened",
        ("export", str(there)): "There is a file of that name already.",
        ("export", "/nowhere/at/all"): "The log can't be written there",
        ("export",): "This command can't be understood",
        ("forget",): "This command can't be understood",
    }.items():
        done = running.run("audit", *words)
        assert (done.returncode, done.stdout, told in done.stderr.decode()) == (2, b"", True), words


def test_command_before_the_first_start_is_refused_and_makes_nothing() -> None:
    program = Program()
    try:
        done = program.run("audit", "verify", "--json")
        assert (done.returncode, done.stdout, done.stderr.startswith(b"There is no register in")) == (
            2,
            b"",
            True,
        )
        assert [
            path for path in (program.data, program.config) if path.exists() and any(path.iterdir())
        ] == []
    finally:
        program.clear()
