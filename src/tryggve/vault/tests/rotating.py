"""A firm to be rotated, and what is still so afterwards."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tryggve import vault
from tryggve.lib import folders, write_points
from tryggve.lib.folders import Folders
from tryggve.vault import opening, storage, unlockers
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests import version_1
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN, details_of
from tryggve.vault.tests.cheap import CHEAP, PASSPHRASE

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
KEYS = 2_502
DIE_AT = """
from datetime import UTC, datetime
from tryggve.vault import keyfile_replacing, rotation
passed = 0
def die(point):
    global passed
    passed += 1
    if passed == int(sys.argv[4]):
        print(point, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
unlocked = opening.unlock(where)
write_points.cut_with(die)
if sys.argv[3] == "rotate":
    rotation.rotate(where, unlocked)
else:
    keyfile_replacing.renew_key_file(where, unlocked=unlocked, now=datetime(2026, 3, 2, tzinfo=UTC))
"""


@dataclass(frozen=True)
class Firm:
    """Two keys of version 1, Cilla's and Dan's, 2,500 newer ones of Cilla's, a passphrase; and some of the blobs."""

    where: Folders
    blobs: list[bytes]

    def all_open(self, ring: vault.Keyring | None = None, *, but_first: bool = False) -> bool:
        """Whether the blobs open as they did: with the key file, or on a keyring that was opened before."""
        used = ring or opening.open_keyring(self.where)
        pairs = list(zip(self.blobs, [CILLA, DAN, *[CILLA] * len(self.blobs)], strict=False))[but_first:]
        return {used.open(blob, bound_to=details_of(owner)) for blob, owner in pairs} == {b"hello"}

    def generations(self) -> dict[int, int]:
        """How many keys each generation has."""
        return generations(self.where)

    def config(self) -> list[str]:
        """What lies in the folder of keys."""
        return sorted(path.name for path in self.where.config.iterdir())


def begin(home: Path) -> Firm:
    """The firm, in a folder of its own."""
    where = Folders(data=home / "data", config=home / "config")
    folders.create(where)
    blobs = version_1.begin(where, CILLA, DAN)
    ring = opening.open_keyring(where)
    keys = ring.create_keys([CILLA] * (KEYS - 2))
    blobs += [ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS) for key in keys[::500]]
    store, unlocked = Keystore(where.keys), opening.unlock(where)
    unlockers.add_passphrase(PASSPHRASE, store=store, unlocked=unlocked, now=NOW, cost=CHEAP)
    return Firm(where, blobs)


def copy(firm: Firm, home: Path) -> Firm:
    """The same firm somewhere else, to be spoilt."""
    shutil.copytree(firm.where.data.parent, home)
    return Firm(Folders(data=home / "data", config=home / "config"), firm.blobs)


def generations(where: Folders) -> dict[int, int]:
    """How many keys each generation has."""
    with storage.connected(where.keys) as connection:
        return dict(connection.execute("SELECT generation, count(*) FROM keys GROUP BY 1 ORDER BY 1"))


@contextmanager
def passed_points() -> Iterator[list[str]]:
    """The write points that the block passes."""
    points: list[str] = []
    write_points.cut_with(points.append)
    try:
        yield points
    finally:
        write_points.cut_with(None)
