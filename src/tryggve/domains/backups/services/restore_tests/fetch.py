"""The first step: the data comes back from its place, into a folder that is thrown away."""

import io
import shutil
import tarfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from tryggve.domains.backups.engine import manifest as manifests
from tryggve.domains.backups.engine.manifest import Manifest
from tryggve.domains.backups.services.pairs import carrying
from tryggve.domains.backups.services.restore_tests import scratch as scratches
from tryggve.domains.backups.services.restore_tests.choosing import Chosen, CopiedKeys
from tryggve.domains.backups.services.restore_tests.outcomes import CouldNotTest, TestFailed
from tryggve.domains.backups.services.restore_tests.scratch import Scratch
from tryggve.vault.key_copies import KeyCopy

FILES: Final = "/files"
_COPY: Final = "/backups/copy"
_KEYS_TAR: Final = "/keys.tar"
_KEYS: Final = "keys.sqlite3"
_LARGEST_MANIFEST: Final = 512 * 1024**2


def manifest_of(chosen: Chosen) -> Manifest:
    """What the copy says of itself. Raises TestFailed, CouldNotTest, ResticFailed."""
    content = chosen.data.dump(chosen.snapshot, f"{_COPY}/manifest.json", most=_LARGEST_MANIFEST)
    try:
        told = manifests.read(content)
    except manifests.NotAManifest:
        raise TestFailed("manifest-damaged") from None
    except manifests.NewerManifest:
        raise CouldNotTest("newer-copy") from None
    if told.pair != chosen.run.pk:
        raise TestFailed("other-pair")
    return told


def keys_of(copied: CopiedKeys) -> KeyCopy:
    """The copy of the keys, in memory. Raises TestFailed and ResticFailed."""
    content = copied.repository.dump(copied.snapshot.id, _KEYS_TAR)
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            store = tar.extractfile(_KEYS)
            keys = KeyCopy(store.read() if store else b"")
    except (tarfile.TarError, KeyError):
        raise TestFailed("keys-damaged") from None
    if not keys.is_whole():
        raise TestFailed("keys-damaged")
    return keys


def fetch(chosen: Chosen, scratch: Scratch) -> dict[str, int]:
    """The whole snapshot comes back, the database where a register has it; what it comes to.

    Raises TestFailed, CouldNotTest, ResticFailed.
    """
    sizes = {one.path: one.size for one in chosen.data.list_files(chosen.snapshot) if not one.is_folder}
    in_files = sum(size for path, size in sizes.items() if PurePosixPath(path).is_relative_to(FILES))
    in_all = sum(sizes.values())
    is_all_in_memory = scratches.require_room(database_bytes=in_all - in_files, files_bytes=in_files)
    data = scratch.folders.data
    if is_all_in_memory:
        _restore(chosen, to=data)
    else:
        _restore(chosen, to=data, without=[FILES])
        _restore(chosen, to=scratch.disk, only=[FILES])
        (scratch.disk / "files").mkdir(mode=0o700, exist_ok=True)
        (data / "files").symlink_to(scratch.disk / "files")
    _put_database_in_place(scratch)
    return {"bytes": in_all, "restored_files": len(sizes)}


def _restore(chosen: Chosen, *, to: Path, only: Sequence[str] = (), without: Sequence[str] = ()) -> None:
    carrying.unlocked(
        chosen.data, lambda: chosen.data.restore(chosen.snapshot, to=to, only=only, without=without)
    )


def _put_database_in_place(scratch: Scratch) -> None:
    where = scratch.folders
    for needed in (where.files, where.audit, where.run, where.logs):
        needed.mkdir(mode=0o700, exist_ok=True)
    copied = where.data / "backups" / "copy" / "tryggve.sqlite3"
    if copied.is_file():
        shutil.move(copied, where.database)
