"""What the tests stand on: folders, keys and a database of their own, made before any setting is read.

Each process of a run has its own folders; all of them share one PostgreSQL, if that is what they run on.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests import postgres

_MEMORY = Path("/dev/shm")  # noqa: S108 - each folder in it has a random name and is its maker's alone
_ROOM = 1024**3


def quick_folder() -> str | None:
    """Where a commit costs no wait for a disk, if this computer has room for it there; None for the usual place."""
    try:
        has_room = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    except OSError:
        return None
    return str(_MEMORY) if has_room else None


_home = Path(tempfile.mkdtemp(prefix="tryggve-test-", dir=quick_folder()))
_cluster: postgres.Cluster | None = None


def on_postgresql() -> bool:
    return os.environ.get("TRYGGVE_TEST_DATABASE", "sqlite") == "postgresql"


def lay() -> None:
    """Make the folders, tell the settings of them, set Django up, make the keys."""
    atexit.register(clear)  # also when pytest stops before it has begun
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)  # no test asks the keyring of who runs it
    try:
        _make_folders()
        _set_up_django()
    except BaseException:
        clear()
        raise


def _make_folders() -> None:
    for name in ("DATA", "CONFIG"):
        (_home / name.lower()).mkdir(mode=0o700)
        os.environ[f"TRYGGVE_{name}"] = str(_home / name.lower())
    if on_postgresql():
        _start_postgresql()
        url = postgres.address(Path(os.environ["PGHOST"]), "tryggve")
        (_home / "config" / "database-url").write_text(url)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"


def _start_postgresql() -> None:
    global _cluster
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _cluster = postgres.Cluster()
        _cluster.start()
        os.environ["PGHOST"] = str(_cluster.folder)  # the workers inherit it


def _set_up_django() -> None:
    import django  # noqa: PLC0415 - the settings are read at the first import that asks for them
    from django.conf import settings  # noqa: PLC0415

    database = settings.DATABASES["default"]
    if not on_postgresql():
        database.setdefault("TEST", {})["NAME"] = _home / "test.sqlite3"
        database["OPTIONS"]["init_command"] += (
            "PRAGMA synchronous=OFF;"  # thrown away when the computer stops
        )
    django.setup()

    from tryggve import vault  # noqa: PLC0415
    from tryggve.lib import folders  # noqa: PLC0415

    folders.create(folders.current())
    vault.create(folders.current())


def clear() -> None:
    """End the database and remove everything."""
    if _cluster is not None:
        _cluster.stop()
    shutil.rmtree(_home, ignore_errors=True)
