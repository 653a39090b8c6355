import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from tryggve.lib import identity

SYSTEM_USER = "tryggve"
SYSTEM_DATA = Path("/var/lib/tryggve")
SYSTEM_CONFIG = Path("/etc/tryggve")


@dataclass(frozen=True)
class Folders:
    """Where one firm's data and, apart from it, its keys lie."""

    data: Path
    config: Path

    @property
    def database(self) -> Path:
        return self.data / "tryggve.sqlite3"

    @property
    def keys(self) -> Path:
        return self.data / "keys.sqlite3"

    @property
    def files(self) -> Path:
        return self.data / "files"

    @property
    def index(self) -> Path:
        """What can be worked out anew from the rest, and is in no backup."""
        return self.data / "index"

    @property
    def audit(self) -> Path:
        return self.data / "audit"

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def key_file(self) -> Path:
        return self.config / "key"

    @property
    def service_key_file(self) -> Path:
        return self.config / "service-key"

    @property
    def secret_key_file(self) -> Path:
        return self.config / "secret-key"

    @property
    def demo_mark(self) -> Path:
        """There in a folder that holds a demo firm, which may be thrown away."""
        return self.data / "demo"

    @property
    def restore_mark(self) -> Path:
        """There while a register is being put back from a backup: nothing may use it meanwhile."""
        return self.data / "restoring"

    @property
    def rehearsal_mark(self) -> Path:
        """There where a restore was only tried out: nothing ever uses what lies there."""
        return self.data / "rehearsal"

    @property
    def taken_over_mark(self) -> Path:
        """There since it was found that another computer has the register now, and this one must not go on with it."""
        return self.data / "taken-over"

    @property
    def database_url_file(self) -> Path:
        return self.config / "database-url"


def current() -> Folders:
    """The folders that the command line chose; both stand in the environment."""
    return Folders(data=Path(os.environ["TRYGGVE_DATA"]), config=Path(os.environ["TRYGGVE_CONFIG"]))


def default_data(user: pwd.struct_passwd) -> Path:
    """Where this user's register lies when nobody said otherwise."""
    return SYSTEM_DATA if user.pw_name == SYSTEM_USER else Path(user.pw_dir) / ".local/share/tryggve"


def demo_data() -> Path:
    """Where the demo firm lies: beside the register of whoever asks, never in it."""
    usual = SYSTEM_DATA if os.getuid() == 0 else default_data(pwd.getpwuid(os.getuid()))
    return usual.with_name(f"{usual.name}-demo")


def config_for(data: Path, user: pwd.struct_passwd) -> Path:
    """The folder of keys that belongs to a data folder: one of its own for each, so that no two share a key.

    Raises identity.IdentityLost.
    """
    base = SYSTEM_CONFIG if user.pw_name == SYSTEM_USER else Path(user.pw_dir) / ".config/tryggve"
    return identity.own_config(data, base=base, is_default=data == default_data(user))


def create(folders: Folders) -> None:
    """Make what is missing, readable by their owner alone, and note which data and keys belong together.

    Raises identity.KeysOfAnother and identity.BegunTwice.
    """
    for folder in (folders.data, folders.config, folders.files, folders.audit, folders.run, folders.logs):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _close(folder)
    identity.settle(data=folders.data, config=folders.config)


def _close(folder: Path) -> None:
    """An empty folder that somebody made by hand gets the rights that Tryggve would have given it."""
    status = folder.stat()
    if status.st_mode & 0o077 and status.st_uid == os.geteuid() and not any(folder.iterdir()):
        folder.chmod(0o700)
