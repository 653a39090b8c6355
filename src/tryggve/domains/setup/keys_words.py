"""How the register stands, in lines for a terminal and as JSON."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from tryggve.domains.setup.selectors.keys import Standing
from tryggve.vault import slots
from tryggve.vault.unlockers import UnlockerInfo


def lines_of(standing: Standing) -> Iterator[str]:
    if standing.is_locked:
        yield _("The register is locked.")
    elif standing.is_running:
        yield _("The register is open.")
    else:
        yield _("Tryggve is not running. At the next start the register opens by itself.")
    for way in standing.ways:
        yield f"  {_told(way, standing)}"
    if standing.is_key_file_left:
        yield _(
            "The key file %(file)s is still there and opens the register, too. Keep a copy of it apart from "
            "this computer, and delete it here."
        ) % {"file": standing.key_file}
    if not standing.tested_kit:
        yield _("There is no recovery kit that was tried. Make one: «./tryggve keys recovery-kit».")


def as_json(standing: Standing) -> dict[str, Any]:
    return {
        "is_locked": standing.is_locked,
        "is_running": standing.is_running,
        "generation": standing.generation,
        "key_file": str(standing.key_file),
        "is_key_file_there": standing.is_key_file_there,
        "unlockers": [
            {
                "id": str(way.id),
                "kind": way.kind,
                "counts": way.counts,
                "number": way.number,
                "made_at": _iso(way.made_at),
                "tested_at": _iso(way.tested_at),
            }
            for way in standing.ways
        ],
    }


def _told(way: UnlockerInfo, standing: Standing) -> str:
    facts = {"file": standing.key_file, "number": way.number, "date": _date(way.tested_at)}
    match way.kind:
        case slots.KEY_FILE if standing.is_key_file_gone:
            return _("Key file: %(file)s, which is missing") % facts
        case slots.KEY_FILE:
            return _("Key file: %(file)s") % facts
        case slots.SYSTEMD_CREDENTIAL:
            return _("Key from the system (systemd credential)")
        case slots.OS_KEYRING:
            return _("The computer's keyring, once somebody has signed in to the computer")
        case slots.PASSPHRASE:
            return _("Passphrase")
        case slots.RECOVERY_KIT if way.counts:
            return _("Recovery kit no. %(number)s, tried %(date)s") % facts
        case slots.RECOVERY_KIT:
            return _("Recovery kit no. %(number)s, not tried yet, so it doesn't count") % facts
    return way.kind


def _date(at: datetime | None) -> str:
    return formats.date_format(timezone.localtime(at), "DATE_FORMAT") if at else ""


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
