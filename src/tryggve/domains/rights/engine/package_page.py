"""What is held about somebody as a page to read, in their language; it opens in any browser and fetches nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from tryggve.domains.rights.engine.calendars import law_files
from tryggve.domains.rights.engine.package_data import Json, Right, as_text
from tryggve.domains.rights.engine.papers.html import STYLE, page_of
from tryggve.domains.rights.engine.papers.paper import Fact, Line, Paper, Section

_LOG = "privacy.audit-log"
_PERIOD = re.compile(r"([0-9]+)([YMD])")
# Beside the style of the same page on paper.
_ON_SCREEN = "@media screen { body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; } }"


@dataclass(frozen=True, slots=True)
class LookTold:
    """Somebody who looked at the data or did something with it, in words; ``name`` is empty when it isn't told."""

    at: datetime
    role: str
    name: str
    what: str
    reason: str


def page(
    held: Json,
    *,
    looks: Sequence[LookTold] | None,
    documents: Mapping[str, str],
    firm: str,
    authority: str,
    right: Right,
    language: str,
    made_on: date,
    damaged: Sequence[str] = (),
) -> bytes:
    """The page. ``documents``: what files in the package are called, by where they lie; ``looks`` None: not told.

    ``damaged``: what files are called that can't be read and so aren't in it.

    What the log says is told there, in words; its codes and ids are in the files for other programs.
    """
    words = _words(language)
    told = [_holding(one, words) for one in held["held"] if one["parts"] and one["code"] != _LOG]
    sections = [
        *told,
        *_files(documents, damaged, words),
        *_looks(looks, words),
        _complaint(words, authority),
    ]
    paper = Paper(
        kind="package",
        language=language,
        firm=firm,
        title=words[right]["title"],
        dated=words["dated"].format(date=_day(made_on, words)),
        made_on=made_on,
        introduction=tuple(Line(text) for text in words[right]["introduction"]),
        sections=tuple(sections),
    )
    return as_file(paper)


def as_file(paper: Paper) -> bytes:
    """A document as a file that any browser shows by itself, on a telephone too."""
    fits = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f"<head>{fits}<style>{STYLE}{_ON_SCREEN}</style>"
    return page_of(paper).replace("<head>", head, 1).encode()


def _holding(one: Json, words: Json) -> Section:
    why = words["because"].format(basis=words["bases"].get(one["legal_basis"], one["legal_basis"]))
    return Section(
        heading=one["title"],
        lines=(Line(_kept(one, words)), Line(why)),
        sections=tuple(_part(part, words) for part in one["parts"]),
    )


def _kept(one: Json, words: Json) -> str:
    """How long, in words; the period is one of ISO 8601: P5Y, P30D, P0D for none."""
    counted = [(int(count), unit) for count, unit in _PERIOD.findall(one["kept_for"]) if int(count)]
    if not counted:
        return str(words["kept"]).format(until=one["kept_until"])
    times = words["times"]
    told = (times[unit if count > 1 else f"one_{unit}"].format(count=count) for count, unit in counted)
    return str(words["kept_after"]).format(time=" ".join(told), until=one["kept_until"])


def _part(part: Json, words: Json) -> Section:
    facts = [
        Fact(value["title"], tuple(map(Line, as_text(value["content"]).split("\n"))))
        for value in part["values"]
    ]
    if part["since"]:
        since = datetime.fromisoformat(part["since"]).date()
        facts.append(Fact(words["since"], (Line(_day(since, words)),)))
    if part["source"]:
        facts.append(Fact(words["source_of"], (Line(part["source"]),)))
    return Section(heading=part["title"], facts=tuple(facts))


def _files(documents: Mapping[str, str], damaged: Sequence[str], words: Json) -> list[Section]:
    told = [f"{name} ({place})" for place, name in documents.items()]
    points = tuple(map(Line, [*told, *(words["damaged"].format(name=name) for name in damaged)]))
    if not points:
        return []
    return [Section(heading=words["files"], points=points)]


def _looks(looks: Sequence[LookTold] | None, words: Json) -> list[Section]:
    if looks is None:
        return []
    facts = tuple(
        Fact(
            f"{_day(look.at.date(), words)}, {look.at:%H:%M}",
            tuple(map(Line, filter(None, (look.what, look.reason)))),
            note=", ".join(filter(None, (look.role, look.name))),
        )
        for look in looks
    )
    return [Section(heading=words["looks"], lines=(Line(words["looks_introduction"]),), facts=facts)]


def _complaint(words: Json, authority: str) -> Section:
    text = words["complaint"]["text"].format(authority=authority)
    return Section(heading=words["complaint"]["heading"], lines=(Line(text),))


def _day(day: date, words: Json) -> str:
    return str(words["dates"]["written"]).format(
        day=day.day, month=words["dates"]["months"][day.month - 1], year=day.year
    )


@cache
def _words(language: str) -> dict[str, Any]:
    papers = law_files.read("papers", language)
    return {**law_files.read("package", language), "dates": papers["dates"]}


def role_word(role: str, *, language: str) -> str:
    """What a role, or another kind of actor, is called; its code where there is no word."""
    return str(_words(language)["roles"].get(role, role))
