from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.lib import durable
from tryggve.vault import secretfile
from tryggve.vault.locked import Locked
from tryggve.vault.secretfile import FileSecret


class ServiceKeyMissing(Locked):
    sentence = gettext_lazy(
        "The service key %(path)s is missing, so codes for signing in, mail and backups can't be used. "
        "Nothing is lost: unlock the register once and Tryggve writes the file again, "
        "or put it back from where you keep your copy of it."
    )


class ServiceKeyUnreadable(Locked):
    sentence = gettext_lazy(
        "The file %(path)s isn't a whole service key. Nothing is lost: move it away and unlock the register "
        "once, and Tryggve writes the file again."
    )


class ServiceKeyForbidden(ServiceKeyUnreadable):
    sentence = gettext_lazy(
        "Tryggve isn't allowed to read the service key %(path)s. Nothing is lost: "
        "make the user that runs Tryggve the owner of the file and its folder, and try again."
    )


class ServiceKeyExposed(Locked):
    sentence = gettext_lazy(
        "Other users of this computer can open the service key %(path)s. Nothing is lost, but Tryggve "
        "doesn't use a key that others can copy. Close it with: chmod 600 '%(path)s'"
    )


class ServiceKeyNewer(Locked):
    sentence = gettext_lazy(
        "The service key %(path)s was made by a newer Tryggve. Nothing is lost: start the newer version."
    )


class ServiceKeyNotWritten(Locked):
    sentence = gettext_lazy(
        "The service key %(path)s could not be written: %(cause)s. Nothing was lost. "
        "Mend that, and start again."
    )


class ServiceKeyWrong(Locked):
    sentence = gettext_lazy(
        "The service key %(path)s belongs to another register, or was changed. Nothing is lost: move it away "
        "and unlock the register once, and Tryggve writes this register's own again."
    )


FORM = secretfile.Form(
    header="tryggve-service-key",
    missing=ServiceKeyMissing,
    unreadable=ServiceKeyUnreadable,
    forbidden=ServiceKeyForbidden,
    exposed=ServiceKeyExposed,
    newer=ServiceKeyNewer,
    not_written=ServiceKeyNotWritten,
)


def read(path: Path) -> FileSecret:
    """The service key. Raises ServiceKeyMissing, -Unreadable, -Forbidden, -Exposed and -Newer."""
    return secretfile.read(path, FORM)


def write(path: Path, content: FileSecret) -> None:
    """Put a service key in its place, never over another. Raises ServiceKeyNotWritten."""
    warning = _(
        "What this company's Tryggve uses while the register is locked: codes for signing in, mail, backups. "
        "It opens no customer. Tryggve keeps a copy under the key to the register."
    )
    secretfile.write(path, FORM, content, warning=warning)


def found_or_made(path: Path) -> FileSecret:
    """The service key that a start left that was cut off, or else a new one. Raises as read and write do."""
    try:
        found = read(path)
    except ServiceKeyMissing:
        made = secretfile.fresh()
        write(path, made)
        return made
    durable.clear_unfinished(path)
    return found
