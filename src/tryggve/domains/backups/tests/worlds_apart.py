"""What starts a program in a world of its own: with a small disk, or without rights; whoever runs the tests."""

import os
import pwd
from pathlib import Path

_SOMEBODY = 1000


def after(script: str) -> list[str]:
    """Where that was done as root of that world, which no other program sees; ``"$@"`` in it is the program."""
    return ["unshare", "-rm", "sh", "-ec", script, "sh"]


def on_disk(folder: Path, *, size: str, then: str = "") -> list[str]:
    """Where that folder is an empty disk of that size, and something is done to it before the program starts."""
    return after(f'mount -t tmpfs -o size={size} none {folder}; {then or ":"}; exec "$@"')


def without_rights() -> list[str]:
    """As somebody who owns what the tests own, and to whom what can't be written can't be written."""
    return ["unshare", "-U", f"--map-user={_SOMEBODY}", f"--map-group={_SOMEBODY}"]


def as_before() -> list[str]:
    """Within ``after``: as who began it, or as nobody for root."""
    user = os.getuid() or pwd.getpwnam("nobody").pw_uid
    return ["unshare", "-U", f"--map-user={user}", f"--map-group={os.getgid()}"]
