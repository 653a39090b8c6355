from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tryggve.lib import folders
from tryggve.vault import custody, slots
from tryggve.vault.unlockers import UnlockerInfo


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the register is open, what opens it, and what of that is missing."""

    is_locked: bool
    generation: int
    is_running: bool
    ways: Sequence[UnlockerInfo]
    key_file: Path
    is_key_file_there: bool

    @property
    def passphrase(self) -> UnlockerInfo | None:
        return self._first(slots.PASSPHRASE)

    @property
    def key_file_way(self) -> UnlockerInfo | None:
        return self._first(slots.KEY_FILE)

    @property
    def os_keyring(self) -> UnlockerInfo | None:
        return self._first(slots.OS_KEYRING)

    @property
    def is_key_file_left(self) -> bool:
        """Whether a key file lies there whose place systemd's credential took."""
        has_credential = self._first(slots.SYSTEMD_CREDENTIAL) is not None
        return has_credential and self.key_file_way is None and self.is_key_file_there

    @property
    def is_key_file_gone(self) -> bool:
        """Whether a key file opens the register and isn't where it should be."""
        return self.key_file_way is not None and not self.is_key_file_there

    @property
    def has_kit(self) -> bool:
        """Whether two shares open it, tried or not."""
        return self._first(slots.RECOVERY_KIT) is not None

    @property
    def tested_kit(self) -> UnlockerInfo | None:
        """The kit that counts, if one was ever tried."""
        return next((way for way in self.ways if way.kind == slots.RECOVERY_KIT and way.counts), None)

    @property
    def untried_kit(self) -> UnlockerInfo | None:
        """The newest kit, if it waits to be tried."""
        return next((way for way in self.ways if way.kind == slots.RECOVERY_KIT and not way.counts), None)

    @property
    def opens_by_itself(self) -> bool:
        """Whether a start opens the register without asking anybody."""
        return self.opens_by_file or self.os_keyring is not None

    @property
    def opens_by_file(self) -> bool:
        """Whether what opens it lies readable on this computer."""
        return any(way.kind in slots.FILES for way in self.ways)

    @property
    def opens_by_somebody(self) -> bool:
        """Whether it can be opened on the page, after it was locked."""
        return self.passphrase is not None or self.has_kit

    @property
    def is_last(self) -> bool:
        """Whether there is only one way that counts, which can't be taken away."""
        return sum(way.counts for way in self.ways) == 1

    def _first(self, kind: str) -> UnlockerInfo | None:
        return next((way for way in self.ways if way.kind == kind), None)


def ways_to_add() -> Sequence[str]:
    """The kinds of unlockers that this computer could add now. Raises as custody does; a keyring may take seconds."""
    return custody.ways_to_add()


def standing() -> Standing:
    """How the register stands now. Raises as custody.status does."""
    status, where = custody.status(), folders.current()
    return Standing(
        is_locked=status.is_locked,
        generation=status.generation,
        is_running=status.has_keeper,
        ways=status.unlockers,
        key_file=where.key_file,
        is_key_file_there=where.key_file.exists(),
    )
