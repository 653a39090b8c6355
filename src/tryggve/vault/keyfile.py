import os
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.vault import secretfile
from tryggve.vault.locked import Locked
from tryggve.vault.secretfile import FileSecret

CREDENTIAL: Final = "tryggve-key"


class KeyFileMissing(Locked):
    sentence = gettext_lazy(
        "The key file %(path)s is missing, so no customer can be read. Nothing is lost: put the file back "
        "from where you keep your copy of it, or start «./tryggve up» and open the register with the recovery "
        "kit or the passphrase. Don't start a new register: "
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


FORM = secretfile.Form(
    header="tryggve-key-file",
    missing=KeyFileMissing,
    unreadable=KeyFileUnreadable,
    forbidden=KeyFileForbidden,
    exposed=KeyFileExposed,
    newer=KeyFileNewer,
    not_written=KeyFileNotWritten,
)


def read(path: Path) -> FileSecret:
    """The key file. Raises KeyFileMissing, KeyFileUnreadable, KeyFileExposed and KeyFileNewer."""
    return secretfile.read(path, FORM)


def read_credential(path: Path) -> FileSecret:
    """The copy of a key file that systemd hands over. Raises as read does, but for KeyFileExposed."""
    return secretfile.read(path, FORM, is_guarded=True)


def credential() -> Path | None:
    """Where systemd put the key, when it did (systemd.exec(5), LoadCredentialEncrypted=tryggve-key)."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    path = Path(folder) / CREDENTIAL if folder else None
    return path if path and path.exists() else None


def make(path: Path) -> FileSecret:
    """A new key file with a fresh secret, whole or not there at all. Raises KeyFileNotWritten."""
    made = secretfile.fresh()
    secretfile.write(path, FORM, made, warning=warning())
    return made


def warning() -> str:
    """The line for people at the top of the file."""
    return _(
        "The key to this company's register in Tryggve. Keep a copy in a safe place, apart from the computer "
        "and its backups. Whoever has this file and the data can read everything."
    )
