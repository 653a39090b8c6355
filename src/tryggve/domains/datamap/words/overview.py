"""The map in words and pictures: where data lies, what it is, how old, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggve.domains.datamap.models import Scan
from tryggve.domains.datamap.selectors.overview import Map, ShownSource
from tryggve.domains.datamap.words import causes, kinds, pictures, reasons
from tryggve.domains.datamap.words.files import Brief, brief
from tryggve.domains.datamap.words.pictures import Line, Matrix, Stretch

_SHOWN_KINDS: Final = 4
_SHOWN_SAME: Final = 5
_SOON: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class ToldSource:
    shown: ShownSource
    title: str
    where: str
    state: str
    tone: str
    left: str
    ages: Sequence[Stretch]
    kinds: Sequence[str]


@dataclass(frozen=True, slots=True)
class Told:
    map: Map
    sources: Sequence[ToldSource]
    under_way: Sequence[ToldSource]
    removed: Sequence[ToldSource]
    matrix: Matrix
    line: Line | None
    riskiest: Sequence[Brief]
    oldest: Sequence[Brief]
    same: Sequence[str]
    same_more: int
    reasons: Sequence[tuple[str, int]]
    answer: str
    advice: str
    tone: str
    goal: str


def told(shown: Map, *, at: datetime) -> Told:
    longest = max((sum(one.ages.values()) for one in shown.sources), default=0)
    every = [_source(one, longest, at) for one in shown.sources]
    titles = {one.shown.row.pk: one.title for one in every}
    answer, advice, tone = _answer(shown)
    return Told(
        map=shown,
        sources=every,
        under_way=[one for one in every if one.shown.is_under_way],
        removed=[_source(one, longest, at) for one in shown.removed],
        matrix=pictures.matrix(shown.cells),
        line=pictures.line(shown.trend, shown.goal.places if shown.goal else None),
        riskiest=[brief(one, titles.get(one.source_id, "")) for one in shown.riskiest],
        oldest=[brief(one, titles.get(one.source_id, "")) for one in shown.oldest],
        same=[same(len(one.files), one.persons) for one in shown.people.same[:_SHOWN_SAME]],
        same_more=max(0, len(shown.people.same) - _SHOWN_SAME),
        reasons=[(reasons.told(reason), files) for reason, files in shown.reasons],
        answer=answer,
        advice=advice,
        tone=tone,
        goal=_goal(shown),
    )


def same(files: int, persons: int) -> str:
    """The two numbers in one sentence."""
    return ngettext(
        "%(files)d files hold the same %(persons)d person.",
        "%(files)d files hold the same %(persons)d persons.",
        persons,
    ) % {"files": files, "persons": persons}


def _answer(shown: Map) -> tuple[str, str, str]:
    if not any(one.scan and one.scan.ended_at for one in shown.sources) and not shown.places:
        return (
            _("? Not looked through yet."),
            _("The first answer comes when a place was looked through."),
            "info",
        )
    if not shown.files:
        if shown.places:
            told = _("✓ Somebody said of every file with personal data why it may stay.")
        else:
            told = _("✓ No personal data was found outside the register.")
        return told, _("Tryggve looks again each month."), "info"
    counted = ngettext(
        "→ %(count)d file outside the register holds personal data and waits for you.",
        "→ %(count)d files outside the register hold personal data and wait for you.",
        shown.files,
    )
    advice = _("Begin with the riskiest: bring it into the register, delete it, or say why it may stay.")
    return counted % {"count": shown.files}, advice, "warning"


def _goal(shown: Map) -> str:
    if shown.goal is None:
        return ""
    told = {"most": shown.goal.places}
    if shown.places > shown.goal.places:
        return _("→ Your goal is %(most)d at the most.") % told
    return _("✓ Your goal is %(most)d at the most.") % told


def _source(one: ShownSource, longest: int, at: datetime) -> ToldSource:
    state, tone = _state(one)
    return ToldSource(
        shown=one,
        title=one.told.title if one.told else _("A place whose name can't be read"),
        where=one.told.where if one.told else "",
        state=state,
        tone=tone,
        left=_left(one.scan, at) if one.is_under_way else "",
        ages=pictures.strip(one.ages, longest),
        kinds=[kinds.name(kind) for kind in one.kinds[:_SHOWN_KINDS]],
    )


def _state(one: ShownSource) -> tuple[str, str]:
    scan = one.scan
    if scan is None:
        return _("not looked through yet"), ""
    match scan.state:
        case Scan.State.DONE | Scan.State.STOPPED if scan.ended_at:
            day = date_format(scan.ended_at, "DATE_FORMAT")
            return _("looked through on %(day)s") % {"day": day}, ""
        case Scan.State.FAILED:
            return _("looking through it failed: %(cause)s") % {"cause": causes.told(scan.cause)}, "danger"
        case Scan.State.PAUSED:
            return _("paused"), "warning"
        case Scan.State.WAITING:
            return _("waits for its turn"), ""
    return _("is being looked through"), ""


def _left(scan: Scan | None, at: datetime) -> str:
    """How long it still takes, from how long it took until now; nothing until that tells anything."""
    if scan is None or scan.began_at is None or scan.state != Scan.State.RUNNING or not scan.bytes_done:
        return ""
    share = scan.bytes_done / max(scan.bytes, 1)
    left = (at - scan.began_at) * ((1 - share) / share)
    if left < _SOON:
        return _("a minute or two left")
    minutes = round(left.total_seconds() / 60)
    return ngettext("about %(count)d minute left", "about %(count)d minutes left", minutes) % {
        "count": minutes
    }
