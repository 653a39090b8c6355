"""Asking the desktop's keyring: what it answers, and what is said when it can't."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4

import pytest

from tryggve.vault import os_keyring
from tryggve.vault.os_keyring import asking
from tryggve.vault.tests import desktop as desktops
from tryggve.vault.tests.desktop import Desktop

SECRET = bytes(range(32))


def _keep(entry: UUID) -> None:
    os_keyring.keep(entry, SECRET)


ASKED: list[Callable[[UUID], object]] = [_keep, os_keyring.read, os_keyring.delete]


def test_secret_kept_is_read_and_deleted(desktop: Desktop) -> None:
    entry = uuid4()
    os_keyring.keep(entry, SECRET)
    assert (desktop.entries(), os_keyring.read(entry)) == ({str(entry): SECRET.hex()}, SECRET)

    os_keyring.delete(entry)

    assert desktop.entries() == {}
    with pytest.raises(os_keyring.OsKeyringGone, match="add the keyring anew"):
        os_keyring.read(entry)
    with pytest.raises(os_keyring.OsKeyringGone):
        os_keyring.delete(entry)


def test_entry_that_somebody_changed_is_no_secret(desktop: Desktop) -> None:
    entry = uuid4()
    os_keyring.keep(entry, SECRET)
    desktop.change(str(entry), "hunter2")

    assert os_keyring.read(entry) == b""


@pytest.mark.parametrize("asked", ASKED)
def test_locked_keyring_is_told_and_asks_nobody(desktop: Desktop, asked: Callable[[UUID], object]) -> None:
    desktop.lock()

    with pytest.raises(os_keyring.OsKeyringLocked, match="is locked"):
        asked(uuid4())
    assert os_keyring.is_there()


@pytest.mark.parametrize("asked", ASKED)
def test_desktop_without_a_keyring_is_told(desktop: Desktop, asked: Callable[[UUID], object]) -> None:
    assert os_keyring.is_there()
    desktop.sign_out()

    with pytest.raises(os_keyring.OsKeyringAbsent, match="No keyring"):
        asked(uuid4())
    assert not os_keyring.is_there()


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/bus", "no address"])
def test_computer_without_a_desktop_has_no_keyring(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv(desktops.BUS, address)
    if not address:
        monkeypatch.delenv(desktops.BUS)

    with pytest.raises(os_keyring.OsKeyringAbsent):
        os_keyring.read(uuid4())


@pytest.mark.parametrize("part", ["keyring", "bus"])
def test_silent_desktop_is_given_up(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch, part: Literal["keyring", "bus"]
) -> None:
    monkeypatch.setattr(asking, "_PATIENCE_SECONDS", 2.0)
    desktop.freeze(part)

    with pytest.raises(os_keyring.OsKeyringSilent, match="whether the desktop asks"):
        os_keyring.read(uuid4())
    assert not os_keyring.is_there()


def test_asker_ends_by_itself_when_tryggve_was_killed(desktop: Desktop) -> None:
    desktop.freeze("keyring")
    question = json.dumps({"ask": "look", "seconds": 0.5}).encode()
    left = subprocess.run(
        [sys.executable, "-I", str(Path(asking.__file__).with_name("child.py"))],
        input=question, env=desktop.environment, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (left.returncode, left.stdout) == (-signal.SIGALRM, b"")
