import os
import pwd
import secrets
from dataclasses import dataclass
from pathlib import Path

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
    def secret_key_file(self) -> Path:
        return self.config / "secret-key"

    @property
    def database_url_file(self) -> Path:
        return self.config / "database-url"


def current() -> Folders:
    """The folders that the command line chose; both stand in the environment."""
    return Folders(data=Path(os.environ["TRYGGVE_DATA"]), config=Path(os.environ["TRYGGVE_CONFIG"]))


def default_data(user: pwd.struct_passwd) -> Path:
    """Where this user's register lies when nobody said otherwise."""
    return SYSTEM_DATA if user.pw_name == SYSTEM_USER else Path(user.pw_dir) / ".local/share/tryggve"


def config_for(data: Path, user: pwd.struct_passwd) -> Path:
    """The folder of keys that belongs to a data folder: one of its own for each, so that no two share a key."""
    base = SYSTEM_CONFIG if user.pw_name == SYSTEM_USER else Path(user.pw_dir) / ".config/tryggve"
    return base if data == default_data(user) else base / _identity(data)


def _identity(data: Path) -> str:
    """The folder's own random name, so that it can be moved without losing its keys."""
    mark = data / "id"
    return mark.read_text().strip() if mark.exists() else secrets.token_hex(8)


def create(folders: Folders) -> None:
    """Make what is missing, readable by their owner alone, and give the data folder its name."""
    for folder in (folders.data, folders.config, folders.files, folders.audit, folders.run, folders.logs):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark = folders.data / "id"
    if not mark.exists():
        with os.fdopen(os.open(mark, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(folders.config.name)
