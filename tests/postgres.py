"""A throw-away PostgreSQL: in a temporary folder, reached by socket only, as a user without rights."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tools import machine

USER = "postgres"
_NOBODY = "nobody"
_SECONDS_TO_START = 60
_NEW = ("--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync")
# What is lost when the computer stops is thrown away anyway.
_FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=",
    "max_connections=50",
)


class NoPostgresql(Exception):
    """This computer has no PostgreSQL server, or it didn't start; the text holds its last words."""


class Cluster:
    """One server for one run of the tests; ``folder`` holds its data and its socket."""

    def __init__(self) -> None:
        programs = machine.postgresql()
        if programs is None:
            raise NoPostgresql("no PostgreSQL server is installed")
        self._programs = programs
        self._server: subprocess.Popen[bytes] | None = None
        self.folder = Path(tempfile.mkdtemp(prefix="tryggve-pg-"))
        if os.getuid() == 0:
            os.chown(self.folder, pwd.getpwnam(_NOBODY).pw_uid, -1)

    def start(self) -> None:
        """Return when it answers. Raises NoPostgresql."""
        made = subprocess.run(
            self._as_nobody("initdb", *_NEW, "--pgdata", self._data, "--username", USER),
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            raise NoPostgresql(made.stdout)
        settings = [
            word for setting in (*_FAST, f"unix_socket_directories={self.folder}") for word in ("-c", setting)
        ]
        with self._log.open("wb") as log:
            self._server = subprocess.Popen(
                self._as_nobody("postgres", "-D", self._data, *settings),
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self._wait()

    def stop(self) -> None:
        """End the server and remove what it wrote."""
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            self._server.wait(timeout=_SECONDS_TO_START)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _as_nobody(self, program: str, *words: str) -> list[str]:
        """The server ends with the tests that started it, however they end."""
        person = ["--reuid", _NOBODY, "--clear-groups"] if os.getuid() == 0 else []
        return ["setpriv", "--pdeathsig", "QUIT", *person, str(self._programs / program), *words]

    def _wait(self) -> None:
        deadline = time.monotonic() + _SECONDS_TO_START
        while True:
            try:
                psycopg.connect(host=str(self.folder), user=USER, dbname="postgres").close()
                return
            except psycopg.OperationalError:
                if self._server is None or self._server.poll() is not None or time.monotonic() > deadline:
                    raise NoPostgresql(self._log.read_text()) from None
                time.sleep(0.05)


def address(folder: Path, name: str) -> str:
    """What the product reads from the file ``database-url``."""
    return f"postgresql:///{name}?host={folder}&user={USER}"


def new_database(name: str) -> str:
    """Make an empty database in this run's cluster, for a test that starts the real program; its address."""
    folder = Path(os.environ["PGHOST"])
    with psycopg.connect(host=str(folder), user=USER, dbname="postgres", autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return address(folder, name)
