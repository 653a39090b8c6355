"""Which folders of this computer lie in one another, and which hold keys or nothing that is anybody's file."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tryggve.lib import folders

_SYSTEM: Final = tuple(map(Path, ("/proc", "/sys", "/dev", "/run", "/etc", "/boot")))
# Where a desktop mounts a disk that is plugged in.
_DISKS: Final = Path("/run/media")
_HOMES: Final = (Path("/home"), Path("/root"), Path("/var/lib"))
_DEEPEST_HOME: Final = 2


def touch(some: Iterable[Path], others: Iterable[Path]) -> bool:
    """Whether one of these is one of the others, lies in one, or holds one; links are followed."""
    real = [other.resolve() for other in others]
    return any(
        one.is_relative_to(other) or other.is_relative_to(one)
        for one in map(Path.resolve, some)
        for other in real
    )


def is_of_the_system(path: Path) -> bool:
    """Whether what lies there is the system's, or hidden in somebody's home, as passwords and keys are."""
    lies = path.resolve()
    if lies.is_relative_to(_DISKS) and lies != _DISKS:
        return False
    return any(lies.is_relative_to(one) for one in _SYSTEM) or _is_hidden_in_a_home(lies)


def holds_what_opens_tryggve(path: Path) -> bool:
    """Whether it touches the key file or the service key, wherever a link or the system's start puts them."""
    here = folders.current()
    kept = [here.key_file, here.service_key_file, here.secret_key_file, here.database_url_file]
    if given := os.environ.get("CREDENTIALS_DIRECTORY"):
        kept.append(Path(given))
    return touch([path], kept)


def _is_hidden_in_a_home(lies: Path) -> bool:
    for home in {*_HOMES, Path.home().resolve()}:
        if lies.is_relative_to(home):
            return any(part.startswith(".") for part in lies.relative_to(home).parts[:_DEEPEST_HOME])
    return False
