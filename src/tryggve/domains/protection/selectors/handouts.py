"""The one page for the staff meeting, in the reader's language, from what its agenda told when it was made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tryggve.controls import catalogue
from tryggve.controls.catalogue import UnknownControl
from tryggve.domains.protection.selectors import routines
from tryggve.routines.duties.models import Meeting

_MOST = 5


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines; ``is_numbered``: they are talked about in this order; ``is_told``: they are one text."""

    heading: str
    lines: Sequence[str]
    is_numbered: bool = False
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Handout:
    """The page: what it tells of, from when to when."""

    since: date
    made_on: date
    held_on: date | None
    sections: Sequence[Section]


def handout(meeting: Meeting) -> Handout:
    """No question."""
    told: Mapping[str, Any] = meeting.told
    sections = [
        Section(_("How we stand"), _standing(told)),
        Section(_("What should be so, and isn't"), _failing(told)),
        Section(_("What was mended"), _listed(told.get("mended", ()), told.get("mended_count", 0))),
        Section(_("This time's topic"), _topic(told), is_told=True),
        Section(_("Talk about"), _questions(), is_numbered=True),
        Section(_("Coming up"), _coming(told)),
    ]
    return Handout(
        since=_day(meeting.tells_from),
        made_on=_day(meeting.made_at),
        held_on=meeting.held_on,
        sections=[section for section in sections if section.lines],
    )


def _standing(told: Mapping[str, Any]) -> Sequence[str]:
    return [_proven(told), _incidents(told), _done(told), *_trained(told), *_people(told)]


def _proven(told: Mapping[str, Any]) -> str:
    text = _("%(proven)d of %(of)d protections are proven") % {"proven": told["proven"], "of": told["of"]}
    before = told.get("proven_before")
    return text if before is None else _("%(text)s; last time %(before)d") % {"text": text, "before": before}


def _incidents(told: Mapping[str, Any]) -> str:
    count = told["incidents"]
    if not count:
        return _("Nobody reported that something had happened")
    return ngettext(
        "%(count)d thing that happened was reported", "%(count)d things that happened were reported", count
    ) % {"count": count}


def _done(told: Mapping[str, Any]) -> str:
    count, late = told["done"], told["late"]
    text = ngettext("%(count)d routine was done", "%(count)d routines were done", count) % {"count": count}
    if not late:
        return text
    return _("%(text)s, of these %(late)d late") % {"text": text, "late": late}


def _trained(told: Mapping[str, Any]) -> Sequence[str]:
    if not told["trained"]:
        return []
    facts = {"trained": told["trained"], "people": told["people"]}
    return [_("%(trained)d of %(people)d took their training") % facts]


def _people(told: Mapping[str, Any]) -> Sequence[str]:
    came, left = told["came"], told["left"]
    lines = []
    if came:
        lines.append(ngettext("%(count)d new colleague", "%(count)d new colleagues", came) % {"count": came})
    if left:
        lines.append(ngettext("%(count)d has left", "%(count)d have left", left) % {"count": left})
    return lines


def _failing(told: Mapping[str, Any]) -> Sequence[str]:
    new, old = told["opened"], told["still"]
    lines = [_("%(heading)s (new)") % {"heading": heading} for heading in _headings(new)] + _headings(old)
    return _with_rest(lines, told["failing"])


def _listed(controls: Iterable[str], count: int) -> Sequence[str]:
    return _with_rest(_headings(controls), count)


def _with_rest(lines: Sequence[str], count: int) -> Sequence[str]:
    shown = list(lines)[:_MOST]
    rest = count - len(shown)
    return [*shown, _("and %(count)d more") % {"count": rest}] if rest > 0 else shown


def _headings(controls: Iterable[str]) -> list[str]:
    return [told.heading for control in controls if (told := _words(control))]


def _words(control: str) -> catalogue.Words | None:
    """None for one of another version's catalogue."""
    try:
        return catalogue.words(control, get_language() or "en")
    except UnknownControl:
        return None


def _topic(told: Mapping[str, Any]) -> Sequence[str]:
    words = _words(told["topic"])
    return [words.heading, words.why, *words.how[:1]] if words else []


def _questions() -> Sequence[str]:
    return [
        _("Did any of you nearly fall for something, or see something odd?"),
        _("Which habit is hard to keep when there is a rush? What would make it easier?"),
        _("What do we do differently from now on, and who sees to it?"),
    ]


def _coming(told: Mapping[str, Any]) -> Sequence[str]:
    known = routines.titles()
    return [
        _("%(day)s: %(title)s")
        % {"day": date_format(date.fromisoformat(day), "DATE_FORMAT"), "title": known[code]}
        for code, day in told["coming"]
        if code in known
    ]


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
