"""What the pages of the protections show, put in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.controls import selectors as controls
from tryggve.controls.engine.standing import State
from tryggve.controls.selectors import Run
from tryggve.domains.protection.selectors.lists import Group, Row
from tryggve.domains.protection.selectors.one_protection import HISTORY, Whole
from tryggve.domains.protection.state_looks import LOOKS, OF_VERDICTS, Look
from tryggve.domains.protection.words.standings import evidence_sentence

_SHORTEST_STRIP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One protection of the list."""

    id: str
    heading: str
    title: str
    look: Look
    sentence: str
    is_failing: bool
    disagrees: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """An area of the list, and how many of it are proven."""

    code: str
    name: str
    proven: int
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the strip of 90 days: where it begins and how long it is, in hundredths as SVG writes them."""

    start: str
    length: str
    tone: str


def group(told: Group, *, now: datetime) -> Lines:
    lines = [_line(row, now) for row in told.rows]
    proven = sum(row.protection.standing.is_proven for row in told.rows)
    return Lines(told.code, told.name, proven, lines)


def one(whole: Whole, *, reader: User | AnonymousUser, now: datetime) -> Mapping[str, object]:
    """The context of a protection's own page."""
    standing = whole.protection.standing
    mend = whole.measure.mend if whole.measure else None
    is_mended_here = mend is not None and permissions.may(reader, mend.permission)
    return {
        "whole": whole,
        "look": LOOKS[standing.state],
        "sentence": evidence_sentence(whole.protection, now=now),
        "says_what_it_shows": standing.is_proven,
        "facts": [(title, _told(value)) for title, value in whole.facts],
        "mend": (mend.label, reverse(mend.url_name)) if mend and is_mended_here else None,
        "runs": [(run, OF_VERDICTS[run.verdict], _why(whole, run)) for run in whole.runs],
        "strip": strip(whole.runs, now=now),
        "strip_days": (now - HISTORY, now),
        "history_days": HISTORY.days,
    }


def strip(runs: Sequence[Run], *, now: datetime) -> list[Stretch]:
    """The runs on a line of 90 days, the oldest to the left; each lasts until the next, the newest until now.

    None for less than a day: nobody would see anything of it.
    """
    if not runs or now - runs[-1].since < _SHORTEST_STRIP:
        return []
    stretches, end = [], now
    for run in runs:
        begun = max(run.since, now - HISTORY)
        if begun < end:
            look = OF_VERDICTS[run.verdict]
            start = 100 - (now - begun) / HISTORY * 100
            length = (end - begun) / HISTORY * 100
            stretches.append(Stretch(f"{start:.2f}", f"{length:.2f}", look.tone or "plain"))
            end = begun
    return stretches[::-1]


def _line(row: Row, now: datetime) -> Line:
    standing = row.protection.standing
    return Line(
        id=row.protection.control,
        heading=row.heading,
        title=row.title,
        look=LOOKS[standing.state],
        sentence=evidence_sentence(row.protection, now=now),
        is_failing=standing.state is State.FAILING,
        disagrees=standing.disagrees,
    )


def _told(value: object) -> object:
    if value is True or value is False:
        return _("yes") if value else _("no")
    return value


def _why(whole: Whole, run: Run) -> StrOrPromise:
    return controls.cause_in_words(whole.control.id, run.cause)
