"""``up`` for real: from the first link to the last process."""

import http.cookiejar
import os
import re
import signal
import socket
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from tests.program import Program, until
from tryggve.domains.setup.tests import register
from tryggve.domains.setup.tests.newcomer import ANSWERS
from tryggve.lib.folders import Folders
from tryggve.supervisor import lock, processes, runfiles

pytestmark = pytest.mark.process
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_LINK = re.compile(r"http://localhost:\d+/start/([\w-]{43})/")


@pytest.fixture
def program() -> Iterator[Program]:
    with register.new() as made:
        yield made
        made.kill()
        with lock.hold(_folders(made)):
            until(lambda: not _generations(made))


def _folders(program: Program) -> Folders:
    folders = Folders(data=program.data, config=program.config)
    folders.run.mkdir(parents=True, exist_ok=True)
    return folders


def _status(program: Program, path: str = "/health") -> int:
    """0 when nobody answers."""
    connection = HTTPConnection("127.0.0.1", program.port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{program.port}"})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def _generations(program: Program) -> dict[str, set[int]]:
    """The processes that work on this folder, by the token of the start that they belong to."""
    mark = f"TRYGGVE_DATA={program.data}".encode()
    found: dict[str, set[int]] = {}
    for pid, _group in processes._running():
        try:
            variables = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        except OSError:
            continue
        tokens = [one.partition(b"=")[2].decode() for one in variables if one.startswith(b"TRYGGVE_RUN=")]
        if mark in variables and tokens:
            found.setdefault(tokens[0], set()).add(pid)
    return found


def _one_generation(program: Program) -> bool:
    """Whether a server with two workers and a worker for the queue run, all of the same start, and answer."""
    found = _generations(program)
    return [len(pids) for pids in found.values()] == [4] and _status(program) == 200


def _group_of(program: Program, name: str) -> int:
    """The process group of that child; 0 while there is none."""
    return {entry.name: entry.group for entry in runfiles._entries(_folders(program))}.get(name, 0)


def _kill(program: Program, name: str) -> None:
    """Kill a child and wait until another has taken its place."""
    before = _group_of(program, name)
    os.kill(before, signal.SIGKILL)
    until(lambda: _group_of(program, name) not in {0, before})
    until(lambda: _one_generation(program))


def _claim(link: str) -> None:
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar)
    token = _TOKEN.search(browser.open(link).read().decode())
    assert token is not None
    answers = urllib.parse.urlencode(ANSWERS | {"csrfmiddlewaretoken": token[1]}).encode()
    assert browser.open(link, answers).geturl().endswith("/welcome/second-factor/")


def test_first_start_prints_a_link_that_is_kept_nowhere_and_the_next_one_none(program: Program) -> None:
    link = program.start()
    token = _LINK.fullmatch(link)
    assert token is not None
    assert _status(program, "/") == 403
    _claim(link)
    assert _status(program, urllib.parse.urlsplit(link).path) == 404
    assert program.stop() == 0
    kept = {path: path.read_bytes() for place in (program.data, program.config) for path in place.rglob("*")
            if path.is_file()}  # fmt: skip
    assert kept[program.data / "logs" / "server.log"] != b""
    assert [path for path, content in kept.items() if token[1].encode() in content] == []
    assert set(register.modes(program).values()) == {0}
    assert program.start() == f"{program.address}/"
    assert "link" not in program.printed.read_text()
    assert _status(program, "/sign-in/") == 200


def test_second_start_on_the_same_folder_is_refused_and_told_where_the_first_is(program: Program) -> None:
    program.start()
    second = program.run("up", "--port", str(program.port))
    assert (second.returncode, second.stdout) == (2, b"")
    assert f"open {program.address}/".encode() in second.stderr
    assert b'"verdict": "good",\n    "text": "Tryggve is running' in program.run("doctor", "--json").stdout
    assert _one_generation(program)


def test_whatever_is_killed_one_generation_answers_afterwards(program: Program) -> None:
    program.start()
    until(lambda: _one_generation(program))
    for name in ("server", "worker"):
        _kill(program, name)
    (before_kill,) = _generations(program)
    program.kill()
    program.start()
    until(lambda: _one_generation(program))
    assert set(_generations(program)) & {before_kill} == set()
    assert program.stop() == 0
    assert (_generations(program), _status(program)) == ({}, 0)


def test_start_that_can_not_be_is_told_and_makes_nothing(program: Program) -> None:
    with socket.create_server(("127.0.0.1", program.port)):
        taken = program.run("up", "--port", str(program.port))
    open_to_all = program.run("up", "--port", str(program.port), "--host", "192.0.2.1")
    assert [taken.returncode, open_to_all.returncode] == [2, 2]
    assert f"Port {program.port} is taken".encode() in taken.stderr
    assert b"nothing would be encrypted" in open_to_all.stderr
    assert list(program.home.iterdir()) == []


def test_behind_an_encrypted_address_the_link_leads_there() -> None:
    """A cookie that is sent nowhere else would not come to this computer's own address."""
    behind = Program(origin="https://tryggve.example.se")
    try:
        assert re.fullmatch(r"https://tryggve\.example\.se/start/[\w-]{43}/", behind.start())
    finally:
        behind.clear()
