"""Which quarter's word on how data is protected is to be written now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Subquery
from django.utils.formats import date_format

from tryggve.domains.outreach.engine import quarters
from tryggve.domains.outreach.engine.quarters import Quarter
from tryggve.domains.outreach.models import QuarterlyWord
from tryggve.domains.rights import api as rights
from tryggve.domains.setup import api as setup
from tryggve.ui import own_address


@dataclass(frozen=True, slots=True)
class Offer:
    """The word about a quarter that has ended, and by when it is due."""

    quarter: Quarter
    due_on: date
    is_late: bool
    is_soon: bool


def offered(*, today: date) -> Offer | None:
    """The word about the last quarter, until somebody has it written or leaves it out.

    None for a quarter before the company came here. Two questions at most.
    """
    last, since = quarters.quarter_of(today).before, setup.in_use_since()
    if since is None or since > last.last:
        return None
    if QuarterlyWord.objects.filter(quarter=last.code).exists():
        return None
    return offer_of(last, today=today)


def offer_of(quarter: Quarter, *, today: date) -> Offer:
    due = quarter.due_on
    return Offer(quarter, due, is_late=today > due, is_soon=today >= due - quarters.SOON)


def latest_decided() -> Subquery:
    """The code of the newest quarter that somebody decided about, as part of another question."""
    return Subquery(QuarterlyWord.objects.order_by("-quarter").values("quarter")[:1])


def facts_of(quarter: Quarter, *, language: str) -> Mapping[str, str | int | tuple[str, ...]]:
    """What the sentences of the word are filled with."""
    told = rights.protection(quarter.first, quarter.last, language=language)
    return {
        "firm": setup.firm_name(),
        "first": _day(quarter.first),
        "last": _day(quarter.last),
        "measures": told.measures,
        "requests": told.requests,
        "in_time": told.answered if not told.late else 0,
        "late": told.late,
        "erased": told.erased,
        "withdrawn": told.withdrawn,
        "notice_on": _day(told.notice_on) if told.notice_on else "",
        "portal": own_address.link_to("portal:ask"),
    }


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
