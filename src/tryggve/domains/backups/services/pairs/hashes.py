"""What sealed files come to. They are never written again, so that one that was read needn't be read once more."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from tryggve.domains.backups.engine.manifest import KeptFile

_Known = dict[str, tuple[int, int, str]]


def of_files(paths: Iterable[Path], *, below: Path, cache: Path) -> list[KeptFile]:
    """Each by its path below that folder; what was found is kept in the cache for the next time. Raises OSError."""
    known, now = _read(cache), {}
    for path in paths:
        status, name = path.stat(), str(path.relative_to(below))
        before = known.get(name)
        if before is None or before[:2] != (status.st_size, status.st_mtime_ns):
            before = (status.st_size, status.st_mtime_ns, _hash(path))
        now[name] = before
    if now != known:
        _write(cache, now)
    return sorted(KeptFile(name, size, sha256) for name, (size, _mtime, sha256) in now.items())


def _hash(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _read(cache: Path) -> _Known:
    """Nothing where it is missing or isn't one: then all is read again."""
    try:
        told = json.loads(cache.read_bytes())
        return {
            str(name): (int(size), int(mtime), str(sha256)) for name, (size, mtime, sha256) in told.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(cache: Path, known: _Known) -> None:
    fresh = cache.with_name(cache.name + ".new")
    fresh.write_text(json.dumps(known))
    fresh.chmod(0o600)
    fresh.replace(cache)
