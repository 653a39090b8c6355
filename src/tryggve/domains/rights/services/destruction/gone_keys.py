"""Whether the keys of who was erased are gone from each place that holds keys, and since when that is known."""

import logging
from datetime import datetime
from uuid import UUID

from tryggve import vault
from tryggve.domains.rights.models import Erasure
from tryggve.domains.rights.selectors.erasure.key_places import noted_as
from tryggve.vault.key_places import KeyPlace, key_places

logger = logging.getLogger(__name__)


def confirmed(customer: UUID, *, at: datetime) -> dict[str, str]:
    """The places that were asked now and hold no key of this customer's, as an erasure notes them.

    Nothing for who was damaged, so that the ledger doesn't know the keys.
    """
    keys = vault.destroyed_keys_of(customer)
    places = key_places() if keys else []
    return {noted_as(one): at.isoformat() for one in places if not _may_hold(one, keys)}


def confirm_later(*, at: datetime) -> int:
    """Ask again for the erasures of which some place hasn't been confirmed; of how many there is something new."""
    places = [noted_as(one) for one in key_places()]
    waiting = Erasure.objects.filter(state=Erasure.State.DESTROYED).exclude(outcome__has_keys=places)
    return sum(_is_news(row, at) for row in waiting.order_by("destroyed_at", "pk").iterator(chunk_size=500))


def _is_news(row: Erasure, at: datetime) -> bool:
    told = {**confirmed(row.customer_ref, at=at), **row.outcome}  # the first time that it was known stays
    if told == row.outcome:
        return False
    Erasure.objects.filter(pk=row.pk).update(outcome=told)
    return True


def _may_hold(place: KeyPlace, keys: list[UUID]) -> bool:
    try:
        return place.holds_any(keys)
    except (OSError, vault.Locked) as error:
        facts = {"place": place.code, "error": type(error).__name__}
        logger.warning("a place with keys can't be asked now", extra={"facts": facts})
        return True
