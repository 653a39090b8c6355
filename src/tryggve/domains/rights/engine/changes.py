"""What a notice or record says, as a fingerprint, and what has changed since it was made, in plain words."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256
from typing import Literal

from tryggve.domains.rights.engine.papers.paper import Kind, Paper, to_document
from tryggve.domains.rights.engine.papers.phrases import Phrases
from tryggve.domains.rights.engine.plain_text import shown, tidied
from tryggve.domains.rights.engine.purposes import Controller, Language, Purpose
from tryggve.domains.rights.engine.told_fields import told_fields

Happened = Literal["added", "removed", "changed"]
_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``purpose`` is a code, «» for the company's own details; ``field`` is «» but for «changed»."""

    happened: Happened
    purpose: str
    name: str
    field: str = ""
    before: str = ""
    after: str = ""


def fingerprint(paper: Paper) -> str:
    """SHA-256, in hex, of what the document says: canonical JSON without the day on which it was made."""
    told = {name: value for name, value in to_document(paper).items() if name not in {"made_on", "dated"}}
    return sha256(_WRITTEN.encode(told).encode()).hexdigest()


def changes(
    before: Sequence[Purpose], after: Sequence[Purpose], *, kind: Kind, language: Language
) -> tuple[Change, ...]:
    """What a document of ``after`` says otherwise than one of ``before``; both told in the language already."""
    phrases = Phrases(language)
    old = {purpose.code: purpose for purpose in map(tidied, before)}
    new = {purpose.code: purpose for purpose in map(tidied, after)}
    return (
        *(Change("added", code, new[code].words.name) for code in new if code not in old),
        *(Change("removed", code, old[code].words.name) for code in old if code not in new),
        *(change for code in new if code in old for change in _between(old[code], new[code], kind, phrases)),
    )


def firm_changes(before: Controller, after: Controller) -> tuple[Change, ...]:
    """What differs in the company's own details."""
    names = [field.name for field in fields(Controller)]
    pairs = ((name, shown(getattr(before, name)), shown(getattr(after, name))) for name in names)
    return tuple(
        Change("changed", "", shown(after.firm), name, old, new) for name, old, new in pairs if old != new
    )


def sentences(found: Iterable[Change], *, kind: Kind, made_on: date, language: Language) -> tuple[str, ...]:
    """The changes in words for the owner: «The privacy notice of 3 March 2026 doesn't mention “Newsletter”.»"""
    phrases = Phrases(language)
    paper, day = phrases.say(f"changes.papers.{kind}"), phrases.day(made_on)
    return tuple(_sentence(change, paper, day, phrases) for change in found)


def _between(old: Purpose, new: Purpose, kind: Kind, phrases: Phrases) -> Iterator[Change]:
    before = told_fields(old, kind=kind, phrases=phrases)
    after = told_fields(new, kind=kind, phrases=phrases)
    name = before["name"]
    yield from (
        Change("changed", new.code, name, field, before[field], after[field])
        for field in before
        if before[field] != after[field]
    )


def _sentence(change: Change, paper: str, day: str, phrases: Phrases) -> str:
    if change.happened != "changed":
        return phrases.say(f"changes.{change.happened}", paper=paper, date=day, name=change.name)
    nothing = phrases.bare("changes.nothing")
    return phrases.say(
        "changes.changed" if change.purpose else "changes.firm",
        name=change.name,
        field=phrases.bare(f"changes.fields.{change.field}"),
        date=day,
        before=change.before.rstrip(".") or nothing,
        after=change.after.rstrip(".") or nothing,
    )
