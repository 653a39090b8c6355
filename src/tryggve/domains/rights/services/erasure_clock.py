"""Whether the clock can be believed by which something is destroyed: a wrong year would destroy all that waits.

Nothing within this computer can tell a clock that has jumped ahead from a computer that was switched off. So after
either nothing is destroyed by its date before a person has said that today is today.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tryggve.audit import services as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import Erasure, ErasureClock

logger = logging.getLogger(__name__)

Waits = Callable[[datetime], bool]

# It is looked every few minutes: this is a week without that, or a clock that has gone wrong.
FURTHEST: Final = timedelta(days=7)

_asked: list[Waits] = []


def waits(question: Waits) -> Waits:
    """Ask this, too, whether anything would be destroyed at that moment for its date alone."""
    _asked.append(question)
    return question


@transaction.atomic
def is_believed(*, at: datetime) -> bool:
    """Whether what waits may be destroyed now; if so, when it was looked is kept."""
    if doubted_since(at=at) is not None:
        logger.warning("nothing is erased before somebody says that the clock is right")
        return False
    _look(at)
    return True


def doubted_since(*, at: datetime) -> datetime | None:
    """When it was looked last, if something waits and so much time can't have gone by since."""
    last = ErasureClock.objects.values_list("looked_at", flat=True).first()
    return last if is_too_long(last, at=at) and _does_anything_wait(at) else None


def is_too_long(looked_at: datetime | None, *, at: datetime) -> bool:
    """Whether a person must say that the clock is right, should anything wait."""
    return looked_at is not None and at - looked_at > FURTHEST


@transaction.atomic
def confirm(*, actor: str, at: datetime) -> None:
    """A person has read the date and says that it is right."""
    _look(at)
    audit.record(actions.ERASURE_CLOCK_CONFIRMED, actor=actor, at=at)


def _does_anything_wait(at: datetime) -> bool:
    """Customers count before their time is over, too: whoever put them aside may look for them."""
    waiting = Erasure.objects.filter(state=Erasure.State.QUARANTINE)
    return waiting.exists() or any(question(at) for question in _asked)


def _look(at: datetime) -> None:
    ErasureClock.objects.update_or_create(pk=1, defaults={"looked_at": at})
