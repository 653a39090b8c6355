"""A real OpenSSH server on this computer, that lets one key in and nobody else."""

import getpass
import shutil
import socket
import subprocess
from pathlib import Path
from types import TracebackType

from tests.program import free_port, until
from tryggve.domains.backups.restic import Place


class SftpServer:
    """``home`` is what lies there."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.home, self._port = folder, folder / "home", free_port()
        self._sshd: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "SftpServer":
        self.home.mkdir(parents=True)
        for name in ("host", "key"):
            made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self._folder / name)]
            subprocess.run(made, check=True)
        (self._folder / "authorized").write_bytes((self._folder / "key.pub").read_bytes())
        host = (self._folder / "host.pub").read_text()
        (self._folder / "known").write_text(f"[127.0.0.1]:{self._port} {host}")
        (self._folder / "config").write_text(self._config())
        self.start()
        return self

    def start(self) -> None:
        sshd = shutil.which("sshd") or "/usr/sbin/sshd"
        Path("/run/sshd").mkdir(exist_ok=True)
        self._sshd = subprocess.Popen(
            [sshd, "-D", "-e", "-f", str(self._folder / "config")], stderr=subprocess.DEVNULL
        )
        until(self._is_listening)

    @property
    def port(self) -> int:
        return self._port

    def let_in(self, public: str) -> None:
        """Whoever has the key to this line, too."""
        with (self._folder / "authorized").open("a") as known:
            known.write(f"{public}\n")

    def let_in_alone(self, public: str) -> None:
        """Nobody else from now on."""
        (self._folder / "authorized").write_text(f"{public}\n")

    def new_host_key(self) -> None:
        """As somebody who answers in its place."""
        self.stop()
        (self._folder / "host").unlink()
        made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self._folder / "host")]
        subprocess.run(made, check=True)
        self.start()

    def fingerprint(self) -> str:
        words = ["ssh-keygen", "-l", "-f", str(self._folder / "host.pub")]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()[1]

    def stop(self) -> None:
        if self._sshd is not None:
            self._sshd.kill()
            self._sshd.wait()

    def place(self, path: str = "repository") -> Place:
        """A repository there, as whoever has the key reaches it."""
        known = (
            f"-o UserKnownHostsFile={self._folder / 'known'} -o StrictHostKeyChecking=yes -o BatchMode=yes"
        )
        command = f"ssh -F none -p {self._port} -i {self._folder / 'key'} {known} {getpass.getuser()}@127.0.0.1 -s sftp"
        return Place(f"sftp:127.0.0.1:{self.home / path}", options=(f"sftp.command={command}",))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _config(self) -> str:
        return "\n".join(
            [
                f"Port {self._port}",
                "ListenAddress 127.0.0.1",
                f"HostKey {self._folder / 'host'}",
                f"AuthorizedKeysFile {self._folder / 'authorized'}",
                f"PidFile {self._folder / 'pid'}",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "PermitRootLogin prohibit-password",
                "Subsystem sftp internal-sftp",
                "",
            ]
        )

    def _is_listening(self) -> bool:
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self._port)) == 0
