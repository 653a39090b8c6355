import logging
from datetime import datetime, timedelta

from tryggve.lib import ids
from tryggve.vault import opening, owners

logger = logging.getLogger(__name__)

KEEP_UNOWNED = timedelta(hours=24)
_CLOCKS_DIFFER = timedelta(minutes=5)


def collect_keys(*, now: datetime, last_deed_at: datetime | None) -> int:
    """Destroy keys older than a day that no owner names; returns how many. Call it only while no import runs.

    ``last_deed_at`` is when the firm last did anything: a clock that ran ahead of it makes no key old. Nothing
    is collected when a key or a deed comes from the future: then the clock can't be believed. A key that any
    owner names is kept; if any owner raises, this raises it too and nothing is collected. Raises
    NobodyOwnsKeys, MoreThanLeftOver, and as keyring does.
    """
    ring = opening.keyring()
    newest, soon = ring.newest_key(), now + _CLOCKS_DIFFER
    if newest is None or last_deed_at is None:
        return 0
    if newest >= ids.earliest_id(soon) or last_deed_at >= soon:
        logger.warning("the clock is behind, so no key is called old")
        return 0
    before = min(now, last_deed_at) - KEEP_UNOWNED
    return ring.destroy_unowned(in_use=owners.keys_in_use, made_before=before)
