"""What the steps of one test share."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from tryggve.domains.backups.database_copies.copy_looking import Looked
from tryggve.domains.backups.engine.manifest import Manifest
from tryggve.domains.backups.models import RestoreTest
from tryggve.domains.backups.services.restore_tests import inside
from tryggve.domains.backups.services.restore_tests.choosing import Chosen
from tryggve.domains.backups.services.restore_tests.inside import Inside
from tryggve.domains.backups.services.restore_tests.scratch import Scratch
from tryggve.vault.key_copies import KeyCopy


class OutOfOrder(RuntimeError):
    """A step was taken before the one that it needs: a fault in the program."""


@dataclass
class Trial:
    """One test under way. ``found`` takes counts by name; ``locked`` is the code of why customers weren't read.

    ``keys``: the newest copy of the keys, in memory alone. ``looked``: what the data was found to be. What is entered
    ``until_the_end`` is left when all steps are done.
    """

    test: RestoreTest
    chosen: Chosen
    scratch: Scratch
    manifest: Manifest
    now: Callable[[], datetime]
    is_everything: bool
    until_the_end: ExitStack
    wanted: int
    keys: KeyCopy | None = None
    looked: Looked | None = None
    locked: str = ""
    found: dict[str, int] = field(default_factory=dict)

    @cached_property
    def inside(self) -> Inside:
        """What the copy itself tells, asked once. Raises TestFailed."""
        return inside.asked(count=self.wanted, named=[], tree=self.manifest.audit, where=self.scratch.folders)

    def require_keys(self) -> KeyCopy:
        """Raises OutOfOrder."""
        if self.keys is None:
            raise OutOfOrder
        return self.keys

    def require_looked(self) -> Looked:
        """Raises OutOfOrder."""
        if self.looked is None:
            raise OutOfOrder
        return self.looked
