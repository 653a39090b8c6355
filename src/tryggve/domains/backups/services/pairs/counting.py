"""What a run came to, in the numbers of one place for each kind of copy."""

from dataclasses import dataclass, field
from datetime import datetime

from tryggve.domains.backups.models import Copy, Run
from tryggve.domains.backups.restic import Added


@dataclass
class Counted:
    """Of the place that was brought a copy last before this one: another's numbers tell of all that came since."""

    _of: dict[Copy.Kind, tuple[Added, datetime]] = field(default_factory=dict)

    def add(self, added: Added, kind: Copy.Kind, *, before: datetime) -> None:
        """``before``: when the place had been brought its last copy."""
        known = self._of.get(kind)
        if known is None or before > known[1]:
            self._of[kind] = (added, before)

    def tell(self, run: Run) -> None:
        """In the run, which isn't saved; how far it had come over all places isn't told any more."""
        counted = [one for one, _before in self._of.values()]
        run.files = sum(one.files for one in counted)
        run.changed_files = sum(one.changed_files for one in counted)
        run.bytes_added = sum(one.bytes_added for one in counted)
        run.bytes_done = run.bytes_in_all = sum(one.bytes_in_all for one in counted)
