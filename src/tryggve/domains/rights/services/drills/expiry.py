"""Whether a customer whose time has passed is found, put aside and gone, also from the search."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.engine import needed
from tryggve.domains.rights.engine.calendars import TooFarAway
from tryggve.domains.rights.engine.needed import Ground, Known
from tryggve.domains.rights.selectors.retention import needs
from tryggve.domains.rights.services.drills import planted
from tryggve.domains.rights.services.drills.planted import Planted
from tryggve.domains.rights.services.retention import purging

_YEARS = (1, 2, 5, 10, 15, 30, 60)
_DAYS_IN_A_YEAR = 366


class Fault(StrEnum):
    """Where it stopped."""

    NOT_FOUND = "not-found"
    NOT_PUT_ASIDE = "not-put-aside"
    STILL_SEARCHED = "still-searched"
    STILL_READABLE = "still-readable"


class NoLimit(ValueError):
    """By these grounds a customer is needed for ever."""


def fault(grounds: Collection[Ground], *, at: datetime) -> Fault | None:
    """What goes wrong with a customer whom nothing needs any more; None when all goes right.

    Raises NoLimit and vault.Locked.
    """
    with planted.searched_customer(at=_long_ago(grounds, at)) as one:
        return next(_faults(one, grounds, at), None)


def _faults(one: Planted, grounds: Collection[Ground], at: datetime) -> Iterator[Fault]:
    found = needs.not_needed(customers.last_written([one.id]), grounds, at=at)
    if [contact.id for contact, _needed in found] != [one.id]:
        yield Fault.NOT_FOUND
    done = purging.purge([one.id], actor=actors.SYSTEM, at=at, reach=EVERYBODY)
    if one.id not in done.put_aside:
        yield Fault.NOT_PUT_ASIDE
    if planted.is_searched(one):
        yield Fault.STILL_SEARCHED
    planted.erase(one, at=at)
    if planted.is_readable(one, at=at):
        yield Fault.STILL_READABLE


def _long_ago(grounds: Collection[Ground], at: datetime) -> datetime:
    """A moment after which nothing was heard of somebody who isn't needed any more."""
    today = timezone.localdate(at)
    for years in _YEARS:
        moment = at - timedelta(days=years * _DAYS_IN_A_YEAR)
        if _is_over(grounds, timezone.localdate(moment), today):
            return moment
    raise NoLimit


def _is_over(grounds: Collection[Ground], last_contact: date, today: date) -> bool:
    try:
        until = needed.needed_until(grounds, Known(last_contact))
    except TooFarAway:
        return False
    return until is not None and until.is_over(today)
