from datetime import datetime

from tryggve import vault
from tryggve.audit import selectors as audit
from tryggve.domains.customers.services.import_turn import turn_if_free


def collect_keys(*, at: datetime) -> int:
    """Destroy keys that no row of any domain names for a day, unless an import runs now; returns how many.

    Raises what vault.collect_keys raises, and nothing is destroyed then.
    """
    with turn_if_free() as free:
        if not free:
            return 0
        newest = audit.newest_entries(limit=1)
        return vault.collect_keys(now=at, last_deed_at=newest[0].recorded_at if newest else None)
