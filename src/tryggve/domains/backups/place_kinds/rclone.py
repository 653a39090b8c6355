"""Storage by rclone: the remote's own configuration is kept sealed, and lies in a file only while it is used."""

import configparser
import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.place_kinds import folder, rclone_options, told
from tryggve.domains.backups.place_kinds.told import Untold

FIELDS: Final = ("remote", "path", "config")
_REMOTE: Final = re.compile(r"[\w.+@][\w.+@ -]*")
_FILE: Final = "rclone.conf"
# Of these nothing is kept that was deleted, unless the disk itself does.
LETS_GO: Final = frozenset({"local", "sftp", "ftp", "smb", "hdfs"})


def access_of(fields: Mapping[str, str]) -> Access:
    """Raises Untold."""
    remote, path = fields.get("remote", "").removesuffix(":"), fields.get("path", "")
    section = _section(fields.get("config", ""), remote)
    if path and not path.isprintable():
        raise Untold(_("It must be one line, without special characters. Nothing was changed."))
    # The computer where a remote of rclone's lies is its own affair; a folder of this one it is for "local".
    is_local = section["type"] == "local"
    if is_local:
        path = str(folder.whole_path(path))
    details = {
        "remote": remote,
        "path": path,
        "type": section["type"],
        "host": "" if is_local else section.get("host", "") or section["type"],
    }
    environment = {"RCLONE_CONFIG": f"{{files}}/{_FILE}"}
    files = {_FILE: "\n".join((f"[{remote}]", *(f"{name} = {value}" for name, value in section.items()), ""))}
    return Access(f"rclone:{remote}:{path}", environment, files=files, details=details)


def _section(config: str, remote: str) -> Mapping[str, str]:
    """What is said of this remote alone."""
    told.words(remote, _("Write what the remote is called in rclone. Nothing was changed."))
    found = configparser.RawConfigParser()
    found.optionxform = str  # type: ignore[assignment, method-assign]  # names as rclone writes them
    try:
        found.read_string(config)
    except configparser.Error:
        found.clear()
    if not _REMOTE.fullmatch(remote) or not found.has_section(remote):
        raise Untold(
            _(
                "The remote “%(name)s” isn't in this configuration. Nothing was changed. «rclone config show» prints "
                "what belongs here."
            )
            % {"name": remote}
        )
    section = dict(found.items(remote))
    _require_harmless(section)
    return section


def _require_harmless(section: Mapping[str, str]) -> None:
    kind = section.get("type", "")
    taken = rclone_options.of(kind)
    if taken is None:
        raise Untold(
            _(
                "Tryggve doesn't use storage of the kind “%(kind)s” by rclone. Nothing was changed. Choose a remote "
                "that is storage itself, not one that leads to another remote."
            )
            % {"kind": kind}
        )
    for name, value in section.items():
        if name not in taken or not value.isprintable():
            raise Untold(
                _(
                    "Tryggve doesn't take the option “%(name)s” of this remote: it may run a program on this computer. "
                    "Nothing was changed. Leave its line out."
                )
                % {"name": name}
            )
