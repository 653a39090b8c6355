"""Where a place is, as a person writes it: a folder, or as restic takes it (sftp:, s3:, rest:, rclone:)."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.restic import files
from tryggve.lib.errors import Refusal

# user@host:/path, user@host:path, or //user@host:port//path (restic's manual, «Preparing a new repository»).
_SFTP: Final = re.compile(r"sftp:(?://(?P<at>[^/:-][^/:]*)(?::(?P<port>\d{1,5}))?/|(?P<short>[^/:-][^/:]*):)")
_REST: Final = re.compile(r"rest:(?P<scheme>https?)://(?P<rest>[^@]+)")
_KEY: Final = "key"
_KINDS: Final = ("sftp:", "s3:", "rest:", "rclone:")


class NoSuchPlace(Refusal):
    sentence = _(
        "«%(location)s» is no place that Tryggve knows. Nothing was changed. Write the path of a folder, such as "
        "/media/disk/backup, or the place as it stands in your notes: sftp:user@server:/folder, "
        "s3:https://server/bucket, rest:https://server/, rclone:name:folder."
    )


def secrets_of(location: str) -> Sequence[StrOrPromise]:
    """What has to be asked for before such a place lets anybody in, in this order."""
    if location.startswith("s3:"):
        return (_("Access key id"), _("Secret access key"))
    if _REST.match(location):
        return (_("User name there (empty if there is none)"), _("Password there (empty if there is none)"))
    return ()


def access_to(location: str, secrets: Sequence[str] = (), *, ssh_key: str = "") -> Access:
    """What lets in there; ``ssh_key`` is what a key file holds. Raises NoSuchPlace."""
    if location.startswith("/") and Path(location).is_dir():
        return Access(str(Path(location)))
    if not location.startswith(_KINDS):
        raise NoSuchPlace(location=location[:200])
    if location.startswith("s3:"):
        return Access(
            location, dict(zip(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), secrets, strict=True))
        )
    if found := _REST.match(location):
        user, password = secrets
        who = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
        return Access(f"rest:{found['scheme']}://{who}{location[found.start('rest') :]}")
    if location.startswith("sftp:"):
        command = _ssh(location, has_key=bool(ssh_key))
        return Access(
            location, options=(f"sftp.command={command}",), files={_KEY: ssh_key} if ssh_key else {}
        )
    return Access(location)


def _ssh(location: str, *, has_key: bool) -> str:
    """Nobody can be asked while restic runs: a server that was never seen from this new computer is believed once."""
    found = _SFTP.match(location)
    if found is None:
        raise NoSuchPlace(location=location[:200])
    words = [
        "ssh",
        "-o",
        "BatchMode=yes",
        "-o",
        "StrictHostKeyChecking=accept-new",
        "-o",
        "ConnectTimeout=20",
    ]
    if has_key:
        words += ["-o", "IdentitiesOnly=yes", "-i", f"{files.FOLDER}/{_KEY}"]
    if found["port"]:
        words += ["-p", found["port"]]
    return shlex.join([*words, found["at"] or found["short"], "-s", "sftp"])
