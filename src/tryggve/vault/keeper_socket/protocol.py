"""What is said on the keeper's socket: one line of JSON to ask, one to answer, then the connection ends.

``{"ask": verb, "token": …, "language": …, "facts": {…}}`` is answered by ``{"answer": {…}}``, or by
``{"refused": class, "message": sentence, "status": exit status}`` in the asker's language.
"""

import contextlib
import json
import os
import socket
import struct
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tryggve.lib.folders import Folders

LONGEST_LINE: Final = 64 * 1024
_CREDENTIALS: Final = struct.Struct("3i")  # struct ucred: pid, uid, gid; unix(7)


class NotUnderstood(ValueError):
    """What came over the socket isn't the keeper's language."""


def send(connection: socket.socket, message: Mapping[str, Any]) -> None:
    connection.sendall(json.dumps(message).encode() + b"\n")


def receive(connection: socket.socket, *, seconds: float) -> dict[str, Any]:
    """One line, all of it within that many seconds. Raises NotUnderstood, OSError."""
    line, until = bytearray(), time.monotonic() + seconds
    while not line.endswith(b"\n"):
        connection.settimeout(max(0.001, until - time.monotonic()))
        some = connection.recv(LONGEST_LINE)
        line += some
        if not some or len(line) > LONGEST_LINE:
            raise NotUnderstood
    try:
        message = json.loads(line)
    except ValueError:
        raise NotUnderstood from None
    if not isinstance(message, dict):
        raise NotUnderstood
    return message


def peer_uid(connection: socket.socket) -> int:
    """The account of the process at the other end, as the system tells it (SO_PEERCRED)."""
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return int(_CREDENTIALS.unpack(raw)[1])


def socket_file(folders: Folders) -> Path:
    """Where the keeper listens."""
    return folders.run / "keeper" / "socket"


@contextlib.contextmanager
def address(folders: Folders) -> Iterator[str]:
    """The same by a descriptor of its folder, since a path of over 107 bytes fits no socket address (unix(7)).

    Raises OSError when there is no such folder.
    """
    file = socket_file(folders)
    folder = os.open(file.parent, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{folder}/{file.name}"
    finally:
        os.close(folder)
