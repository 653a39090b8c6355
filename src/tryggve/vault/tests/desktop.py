"""A desktop's session bus with a real keyring on it, which is thrown away."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

import pytest
import secretstorage
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.program import until
from tools import machine

PASSWORD = "Annas inloggning"
BUS = "DBUS_SESSION_BUS_ADDRESS"
_CONFIGURATION = """<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/> <allow own="*"/> <allow send_destination="*"/> <allow receive_sender="*"/>
  </policy>
</busconfig>
"""


class Desktop:
    """Anna's, in a folder of its own; nobody is signed in yet. The bus starts no program by itself."""

    def __init__(self, *, owner: str = "") -> None:
        self.home = Path(tempfile.mkdtemp(prefix="tryggve-desktop-"))
        self._person = ["setpriv", "--reuid", owner, "--clear-groups"] if owner else []
        self._socket = self.home / "bus"
        (self.home / "bus.conf").write_text(_CONFIGURATION.format(socket=self._socket))
        if owner:
            user = pwd.getpwnam(owner)
            for path in (self.home, self.home / "bus.conf"):
                os.chown(path, user.pw_uid, user.pw_gid)
        self._bus = self._start("dbus-daemon", f"--config-file={self.home / 'bus.conf'}", "--nofork")
        until(self._socket.exists)
        self._keyring: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a program on this desktop knows of it."""
        return {BUS: f"unix:path={self._socket}", "XDG_RUNTIME_DIR": str(self.home), "HOME": str(self.home)}

    def sign_in(self, password: str = PASSWORD) -> None:
        """Start the keyring, and open it, as the login does; a wrong password leaves it locked."""
        self.sign_out()
        daemon = ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"]
        with tempfile.TemporaryFile() as typed:
            typed.write(password.encode())
            typed.seek(0)
            self._keyring = self._start(*daemon, typed=typed.fileno())
        until(self._answers)

    def sign_out(self) -> None:
        """No keyring answers."""
        if self._keyring:
            self._keyring.terminate()
            self._keyring.wait()
            until(lambda: not self._answers())
        self._keyring = None

    def lock(self) -> None:
        with closing(self.connection()) as bus:
            secretstorage.Collection(bus).lock()

    def freeze(self, part: Literal["keyring", "bus"]) -> None:
        """It takes what is asked and never answers."""
        frozen = self._keyring if part == "keyring" else self._bus
        assert frozen
        frozen.send_signal(signal.SIGSTOP)

    def entries(self) -> dict[str, str]:
        """What the keyring has of Tryggve: the secret of each entry's name."""
        with self._found({"application": "Tryggve"}) as items:
            return {item.get_attributes()["register"]: item.get_secret().decode() for item in items}

    def change(self, entry: str, secret: str) -> None:
        with self._found({"register": entry}) as (item,):
            item.set_secret(secret.encode())

    def remove(self, entry: str) -> None:
        with self._found({"register": entry}) as (item,):
            item.delete()

    @contextmanager
    def _found(self, attributes: dict[str, str]) -> Iterator[list[secretstorage.Item]]:
        with closing(self.connection()) as bus:
            yield list(secretstorage.Collection(bus).search_items(attributes))

    def connection(self) -> DBusConnection:
        return open_dbus_connection(self.environment[BUS])

    def clear(self) -> None:
        for process in (self._keyring, self._bus):
            if process:
                process.kill()
                process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            with closing(self.connection()) as bus:
                return secretstorage.check_service_availability(bus) and bool(secretstorage.Collection(bus))
        except (secretstorage.SecretStorageException, OSError):  # its socket is there before it listens
            return False

    def _start(self, *command: str, typed: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        environment = {"PATH": os.environ["PATH"], **self.environment}
        return subprocess.Popen(
            [*self._person, *command], env=environment, cwd="/",
            stdin=typed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@contextmanager
def signed_in(*, owner: str = "") -> Iterator[Desktop]:
    """Anna has signed in. Skipped where there is no such desktop to be had, which CI isn't allowed."""
    if lack := machine.lacks_for_a_desktop():
        (pytest.fail if machine.is_ci() else pytest.skip)(lack)
    desktop = Desktop(owner=owner)
    try:
        desktop.sign_in()
        yield desktop
    finally:
        desktop.clear()
