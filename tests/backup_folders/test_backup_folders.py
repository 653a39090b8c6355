"""The one file that backs up another computer: with the real restic, and an address that really answers."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from tools import tree

PROGRAM = tree.PACKAGE / "domains/backups/handed_out/backup_folders.py"


class Address(BaseHTTPRequestHandler):
    """Answers as Tryggve does, and notes who called."""

    called: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.called.append(self.path)
        self.send_response(204 if self.path == "/heartbeats/known/" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def tryggve() -> Iterator[str]:
    Address.called.clear()
    server = HTTPServer(("127.0.0.1", 0), Address)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/heartbeats/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "Pictures of Anna"
    folder.mkdir()
    (folder / "house.jpg").write_bytes(b"a house")
    return folder


def start(*words: object, path: str | None = None, typed: str = "") -> subprocess.CompletedProcess[str]:
    """As on a computer that has nothing of ours."""
    environment = {**os.environ, "PATH": path if path is not None else os.environ["PATH"]}
    command = [sys.executable, "-I", "-S", str(PROGRAM), *map(str, words)]
    return subprocess.run(
        command, env=environment, input=typed, capture_output=True, text=True, check=False, timeout=120
    )


def begin(tmp_path: Path, folder: Path, tell: str = "") -> Path:
    settings = tmp_path / "settings.json"
    told = ["--repository", tmp_path / "repository", "--folder", folder]
    done = start("begin", settings, *told, typed=f"{tell}\n")
    assert done.returncode == 0, done.stderr
    assert json.loads(settings.read_text())["password"] in done.stdout
    return settings


def restored(settings: Path, to: Path) -> list[Path]:
    """By restic alone, with the password that was shown."""
    told = json.loads(settings.read_text())
    environment = {**os.environ, "RESTIC_PASSWORD": told["password"], "RESTIC_REPOSITORY": told["repository"]}
    subprocess.run(
        ["restic", "restore", "latest", "--target", str(to)], env=environment, check=True, capture_output=True
    )
    return [path for path in to.rglob("*") if path.is_file()]


def test_folders_are_copied_and_tryggve_is_told(tmp_path: Path, pictures: Path, tryggve: str) -> None:
    settings = begin(tmp_path, pictures, f"{tryggve}known/")
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    assert Address.called == []

    done = start("run", settings)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert Address.called == ["/heartbeats/known/"]
    [found] = restored(settings, tmp_path / "back")
    assert (found.name, found.read_bytes()) == ("house.jpg", b"a house")


def test_copy_that_cannot_be_made_is_not_told(tmp_path: Path, pictures: Path, tryggve: str) -> None:
    settings = begin(tmp_path, pictures, f"{tryggve}known/")
    (tmp_path / "repository").rename(tmp_path / "away")
    done = start("run", settings)
    assert (done.returncode, Address.called) == (1, [])
    assert "Tryggve wasn't told" in done.stderr


def test_address_that_is_no_longer_known_fails_though_the_copy_is_made(
    tmp_path: Path, pictures: Path, tryggve: str
) -> None:
    settings = begin(tmp_path, pictures, f"{tryggve}ended/")
    done = start("run", settings)
    assert (done.returncode, Address.called) == (1, ["/heartbeats/ended/"])
    assert "The copy was made, but" in done.stderr
    assert len(restored(settings, tmp_path / "back")) == 1


def test_folder_that_is_away_is_refused_and_not_told(tmp_path: Path, pictures: Path, tryggve: str) -> None:
    settings = begin(tmp_path, pictures, f"{tryggve}known/")
    pictures.rename(tmp_path / "away")
    done = start("run", settings)
    assert (done.returncode, Address.called) == (2, [])
    assert "Nothing was tried" in done.stderr


def test_settings_that_others_can_read_are_refused(tmp_path: Path, pictures: Path) -> None:
    settings = begin(tmp_path, pictures)
    settings.chmod(0o644)
    done = start("run", settings)
    assert (done.returncode, "chmod 600" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"repository": "x", "password": "x", "folders": [], "more": 1}']
)
def test_what_is_no_settings_is_refused(tmp_path: Path, content: str) -> None:
    settings = tmp_path / "settings.json"
    settings.touch(0o600)
    settings.write_text(content)
    assert start("run", settings).returncode == 2
    assert start("run", tmp_path / "none").returncode == 2


def test_begin_overwrites_nothing_and_tells_what_is_missing(tmp_path: Path, pictures: Path) -> None:
    settings, where = tmp_path / "settings.json", ["--repository", tmp_path / "repository"]
    assert start("begin", settings, *where, "--folder", tmp_path / "none").returncode == 2
    assert start("begin", settings, *where, "--folder", pictures, typed="tryggve\n").returncode == 2
    assert start("begin", settings, *where, "--folder", pictures, "--keep", "NOT_THERE").returncode == 2
    none = start("begin", settings, *where, "--folder", pictures, path=str(tmp_path))
    assert (none.returncode, "no restic" in none.stderr) == (2, True)
    assert not settings.exists()

    before = begin(tmp_path, pictures).read_text()
    assert start("begin", settings, *where, "--folder", pictures).returncode == 2
    assert settings.read_text() == before


def test_password_of_the_place_is_read_and_stands_in_no_command(tmp_path: Path, pictures: Path) -> None:
    settings = tmp_path / "settings.json"
    seen = start(
        "begin", settings, "--repository", "rest:https://anna:pw@rest.example/", "--folder", pictures
    )
    assert (seen.returncode, "Nothing was tried" in seen.stderr, settings.exists()) == (2, True, False)
    done = start("begin", settings, "--folder", pictures, typed=f"{tmp_path / 'repository'}\n\n")
    assert (done.returncode, json.loads(settings.read_text())["tell"]) == (0, ""), done.stderr
    assert start("run", settings).returncode == 0


def test_restic_finds_its_password_in_no_argument_and_no_environment(tmp_path: Path, pictures: Path) -> None:
    """A program in restic's place writes down what it was given."""
    settings = begin(tmp_path, pictures)
    password = json.loads(settings.read_text())["password"]
    bin, seen = tmp_path / "bin", tmp_path / "seen"
    bin.mkdir()
    (bin / "restic").write_text(f"#!/bin/sh\n(echo $*; /usr/bin/env) > {seen}\n/bin/cat > {tmp_path}/read\n")
    (bin / "restic").chmod(0o755)
    assert start("run", settings, path=str(bin)).returncode == 0
    assert (password in seen.read_text(), (tmp_path / "read").read_text().strip() == password) == (
        False,
        True,
    )
