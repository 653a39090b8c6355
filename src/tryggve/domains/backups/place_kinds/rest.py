"""A rest-server. restic 0.14 takes name and password in the location only, which it gets by its environment."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.place_kinds import told

FIELDS: Final = ("address", "user", "password")


def access_of(fields: Mapping[str, str]) -> Access:
    """Raises Untold."""
    where = told.web_address(fields.get("address", ""))
    user, password = fields.get("user", ""), fields.get("password", "")
    who = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    path = where.path.rstrip("/")
    details = {
        "host": where.hostname or "",
        "address": f"{where.scheme}://{where.netloc}{path}/",
        "user": user,
    }
    return Access(f"rest:{where.scheme}://{who}{where.netloc}{path}/", details=details)
