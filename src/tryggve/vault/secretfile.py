"""A file that holds one random secret, for its owner alone: the key file and the service key are of this form."""

import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from tryggve.lib import durable, ids, write_points
from tryggve.vault import derivation
from tryggve.vault.locked import Locked, cause_in_words

VERSION: Final = 1

_BODY = re.compile(r"id ([0-9a-f]{32})\nsecret ([0-9a-f]{64})")
_LONGEST = 4096
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class FileSecret:
    """What such a file holds. The id is no secret; it tells firms' files apart."""

    id: UUID
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Form:
    """How one kind of file begins, and what is said when it can't be had."""

    header: str
    missing: type[Locked]
    unreadable: type[Locked]
    forbidden: type[Locked]
    exposed: type[Locked]
    newer: type[Locked]
    not_written: type[Locked]


def read(path: Path, form: Form, *, is_guarded: bool = False) -> FileSecret:
    """The secret of the file. Raises the form's missing, unreadable, forbidden, exposed and newer.

    A file that the system guards may have rights that look wide, and is never called exposed.
    """
    try:
        content = _content(path, form, is_guarded=is_guarded)
    except (FileNotFoundError, NotADirectoryError):
        raise form.missing(path=path) from None
    except OSError:
        raise form.forbidden(path=path) from None
    header, _newline, body = _without_comments(content).partition("\n")
    version = re.fullmatch(rf"{form.header} (\d{{1,9}})", header)
    if version and int(version[1]) > VERSION:
        raise form.newer(path=path)
    found = _BODY.fullmatch(body)
    if not version or not found:
        raise form.unreadable(path=path)
    return FileSecret(UUID(found[1]), bytes.fromhex(found[2]))


def fresh() -> FileSecret:
    """A new random secret, in no file yet."""
    return FileSecret(ids.new_id(), secrets.token_bytes(derivation.KEY_BYTES))


def write(path: Path, form: Form, content: FileSecret, *, warning: str) -> None:
    """Write the file, whole or not there at all, never over another. Raises the form's not_written."""
    try:
        durable.clear_unfinished(path)
        durable.write_unfinished(path, text(form, content, warning=warning).encode())
        write_points.reached(f"vault: {path.name} written")
        durable.put_in_place(path)
    except OSError as error:
        raise form.not_written(path=path, cause=cause_in_words(error)) from None


def text(form: Form, content: FileSecret, *, warning: str) -> str:
    """What such a file says."""
    return f"# {warning}\n{form.header} {VERSION}\nid {content.id.hex}\nsecret {content.secret.hex()}\n"


def _content(path: Path, form: Form, *, is_guarded: bool) -> str:
    # Not blocking: a pipe put in the file's place must not hang the start.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise form.unreadable(path=path)
        if status.st_mode & _OTHERS and not is_guarded:
            raise form.exposed(path=path)
        # Replacing what isn't text keeps the bytes of a secret out of any exception.
        return file.read(_LONGEST).decode("utf-8-sig", errors="replace")


def _without_comments(content: str) -> str:
    lines = (line.strip() for line in content.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("#"))
