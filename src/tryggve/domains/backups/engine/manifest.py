"""What a data copy holds, as it is written down in the copy itself."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

VERSION: Final = 1


class NotAManifest(ValueError):
    """What lies in its place isn't one."""


class NewerManifest(ValueError):
    """A later version of Tryggve wrote it."""


@dataclass(frozen=True, slots=True, order=True)
class KeptFile:
    """A sealed file: its path below the folder ``files``, and what its bytes come to."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``vendor``: the kind of database. ``migrations``: the last one of each app, as ``app.name``.

    ``counts``: the rows of each table. ``audit``: the newest epoch of the audit log's tree, its size and its root in
    hexadecimal; None while nothing has been placed there.
    """

    pair: UUID
    taken_at: datetime
    program: str
    vendor: str
    migrations: tuple[str, ...]
    counts: Mapping[str, int]
    files: tuple[KeptFile, ...]
    audit: "Tree | None"
    version: int = VERSION

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Tree:
    """How far one epoch of the audit log has come."""

    epoch: int
    size: int
    root: str


def written(manifest: Manifest) -> bytes:
    """As JSON, always the same for the same copy."""
    told = asdict(manifest) | {
        "pair": str(manifest.pair),
        "taken_at": manifest.taken_at.astimezone(UTC).isoformat(),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()


def read(content: bytes) -> Manifest:
    """What it says. Raises NotAManifest and NewerManifest."""
    try:
        told = json.loads(content)
        if int(told["version"]) > VERSION:
            raise NewerManifest
        return _read(told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, NewerManifest):
            raise
        raise NotAManifest from None


def _read(told: Mapping[str, Any]) -> Manifest:
    audit = told["audit"]
    return Manifest(
        pair=UUID(told["pair"]),
        taken_at=_moment(told["taken_at"]),
        program=str(told["program"]),
        vendor=str(told["vendor"]),
        migrations=tuple(str(one) for one in told["migrations"]),
        counts={str(table): int(count) for table, count in told["counts"].items()},
        files=tuple(
            KeptFile(str(one["name"]), int(one["size"]), str(one["sha256"])) for one in told["files"]
        ),
        audit=None if audit is None else Tree(int(audit["epoch"]), int(audit["size"]), str(audit["root"])),
        version=int(told["version"]),
    )


def _moment(told: str) -> datetime:
    moment = datetime.fromisoformat(told)
    if moment.tzinfo is None:
        raise NotAManifest
    return moment
