"""The third step: each sealed file is held against what the copy says of it."""

import hashlib
import os
from pathlib import Path

from tryggve.domains.backups.services.restore_tests.outcomes import TestFailed
from tryggve.domains.backups.services.restore_tests.trial import Trial


def compare(trial: Trial) -> None:
    """Not one missing, not one too many, not one different. Raises TestFailed with how many."""
    folder = trial.scratch.folders.files
    there = {str(path.relative_to(folder)): path for path in _files_in(folder)}
    kept = {one.name: one for one in trial.manifest.files}
    if missing := kept.keys() - there.keys():
        raise TestFailed("files-missing", len(missing))
    if more := there.keys() - kept.keys():
        raise TestFailed("files-too-many", len(more))
    different = [name for name, one in kept.items() if not _is(there[name], one.size, one.sha256)]
    if different:
        raise TestFailed("files-differ", len(different))
    trial.found["files"] = len(kept)


def _files_in(folder: Path) -> list[Path]:
    return [Path(at) / name for at, _folders, names in os.walk(folder) for name in names]


def _is(path: Path, size: int, sha256: str) -> bool:
    if path.is_symlink() or path.stat().st_size != size:
        return False
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == sha256
