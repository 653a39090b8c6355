import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.lib import ids, write_points
from tryggve.vault import derivation, durable
from tryggve.vault.locked import Locked, cause_in_words

VERSION = 1

_HEADER = re.compile(r"tryggve-key-file (\d{1,9})")
_BODY = re.compile(r"id ([0-9a-f]{32})\nsecret ([0-9a-f]{64})")
_LONGEST = 4096
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFileMissing(Locked):
    sentence = gettext_lazy(
        "The key file %(path)s is missing, so no customer can be read. Nothing is lost: put the file back "
        "from where you keep your copy of it, and try again. Don't start a new register: "
        "a new key opens nothing of this one."
    )


class KeyFileUnreadable(Locked):
    sentence = gettext_lazy(
        "The file %(path)s isn't a whole key file. Nothing is lost: "
        "put the file back from where you keep your copy of it, and try again."
    )


class KeyFileForbidden(KeyFileUnreadable):
    sentence = gettext_lazy(
        "Tryggve isn't allowed to read the key file %(path)s. Nothing is lost: "
        "make the user that runs Tryggve the owner of the file and its folder, and try again."
    )


class KeyFileExposed(Locked):
    sentence = gettext_lazy(
        "Other users of this computer can open the key file %(path)s. Nothing is lost, but Tryggve doesn't "
        "use a key that others can copy. Close it with: chmod 600 '%(path)s'"
    )


class KeyFileNewer(Locked):
    sentence = gettext_lazy(
        "The key file %(path)s was made by a newer Tryggve. Nothing is lost: start the newer version."
    )


class KeyFileNotWritten(Locked):
    sentence = gettext_lazy(
        "The key file %(path)s could not be written: %(cause)s. Nothing was begun. "
        "Mend that, and start again."
    )


@dataclass(frozen=True)
class KeyFile:
    """An unlocker: a random secret in a file of its own. The id is no secret; it tells firms' files apart."""

    id: UUID
    secret: bytes = field(repr=False)


def read(path: Path) -> KeyFile:
    """The key file. Raises KeyFileMissing, KeyFileUnreadable, KeyFileExposed and KeyFileNewer."""
    try:
        content = _content(path)
    except (FileNotFoundError, NotADirectoryError):
        raise KeyFileMissing(path=path) from None
    except OSError:
        raise KeyFileForbidden(path=path) from None
    header, _newline, body = _without_comments(content).partition("\n")
    version = _HEADER.fullmatch(header)
    if version and int(version[1]) > VERSION:
        raise KeyFileNewer(path=path)
    found = _BODY.fullmatch(body)
    if not version or not found:
        raise KeyFileUnreadable(path=path)
    return KeyFile(UUID(found[1]), bytes.fromhex(found[2]))


def make(path: Path) -> KeyFile:
    """A new key file with a fresh secret, whole or not there at all. Raises KeyFileNotWritten."""
    made = KeyFile(ids.new_id(), secrets.token_bytes(derivation.KEY_BYTES))
    try:
        durable.clear_unfinished(path)
        durable.write_unfinished(path, _text(made).encode())
        write_points.reached("vault: key written")
        durable.put_in_place(path)
    except OSError as error:
        raise KeyFileNotWritten(path=path, cause=cause_in_words(error)) from None
    return made


def _content(path: Path) -> str:
    # Not blocking: a pipe put in the file's place must not hang the start.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise KeyFileUnreadable(path=path)
        if status.st_mode & _OTHERS:
            raise KeyFileExposed(path=path)
        # Replacing what isn't text keeps the bytes of a secret out of any exception.
        return file.read(_LONGEST).decode("utf-8-sig", errors="replace")


def _without_comments(content: str) -> str:
    lines = (line.strip() for line in content.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("#"))


def _text(key_file: KeyFile) -> str:
    warning = _(
        "The key to this company's register in Tryggve. Keep a copy in a safe place, apart from the computer "
        "and its backups. Whoever has this file and the data can read everything."
    )
    return f"# {warning}\ntryggve-key-file {VERSION}\nid {key_file.id.hex}\nsecret {key_file.secret.hex()}\n"
