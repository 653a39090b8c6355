"""What lets into a place, sealed for the service: backups are taken while the register is locked."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from tryggve import vault
from tryggve.domains.backups.restic import Place, Repository
from tryggve.lib import folders

DATA: Final = "tryggve-data"
KEYS: Final = "tryggve-keys"
_PURPOSE: Final = "backups: what lets into a place"


@dataclass(frozen=True, slots=True)
class Access:
    """``location``: the folder, or where it is as restic takes it, without the repositories' own names.

    ``files``: what must lie in a folder while it is used, such as a key for SFTP; that folder stands as ``{files}`` in
    environment, options and files. ``on_mount``: the folder as seen from the root of its disk, which may be plugged in
    under another path. ``details``: what was told of it and isn't secret, for a page and for asking the server.
    """

    location: str
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    options: tuple[str, ...] = ()
    data_password: str = field(default="", repr=False)
    keys_password: str = field(default="", repr=False)
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    on_mount: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    def data(self, *, at: Path | None = None, is_away: bool = False) -> Repository:
        """The repository of data; ``at``: where its folder lies now, when it isn't where it was."""
        return self._repository(DATA, self.data_password, at, is_away=is_away)

    def keys(self, *, at: Path | None = None, is_away: bool = False) -> Repository:
        """The same of keys."""
        return self._repository(KEYS, self.keys_password, at, is_away=is_away)

    @property
    def where(self) -> tuple[str, ...]:
        """The same for two that lead to the same place, whoever they let in."""
        named = (
            self.details.get(name, "") for name in ("host", "port", "endpoint", "bucket", "prefix", "address")
        )
        return (*named, *(self.details.get(name, "") for name in ("remote", "type")), self._path)

    @property
    def folders(self) -> list[Path]:
        """The folder of this computer that it leads to; none for what lies elsewhere."""
        if not self.details:
            return [Path(self.location)]
        return [Path(self.details["path"])] if self.details.get("type") == "local" else []

    @property
    def _path(self) -> str:
        return self.details.get("path", "") if self.details else self.location

    def _repository(self, name: str, password: str, at: Path | None, *, is_away: bool) -> Repository:
        here = folders.current()
        place = Place(
            _joined(str(at) if at else self.location, name),
            self.environment,
            self.options,
            self.files,
            here.run / "backup-places",
            is_away,
        )
        return Repository(place, password, here.data / "backups" / "cache")


def sealed(access: Access) -> bytes:
    """Raises vault.Locked without the service key."""
    return vault.seal_for_service(_PURPOSE, json.dumps(asdict(access)).encode())


def opened(blob: bytes) -> Access:
    """Raises vault.Locked without the service key, and vault.CannotOpen."""
    told: dict[str, Any] = json.loads(vault.open_for_service(_PURPOSE, bytes(blob)))
    return Access(**{**told, "options": tuple(told["options"])})


def _joined(base: str, name: str) -> str:
    return base + name if base.endswith((":", "/")) else f"{base}/{name}"
