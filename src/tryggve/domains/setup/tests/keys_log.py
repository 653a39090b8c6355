from typing import Any

from tryggve.audit import selectors as audit
from tryggve.audit.models import Entry

OF_KEYS = ("register", "unlock", "passphrase", "key", "kit")


def told() -> list[tuple[str, dict[str, Any]]]:
    """What the log says of the keys, the oldest first."""
    entries: list[Entry] = list(reversed(audit.newest_entries()))
    return [
        (entry.action, entry.facts) for entry in entries if entry.action.partition(".")[2].startswith(OF_KEYS)
    ]
