"""What differs between two versions of one customer, so that two people who write at once lose nothing."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from tryggve.domains.customers.engine.details import Details

# What people write on the form, in its order; each of the firm's own fields is a part of its own.
PARTS = (
    "kind",
    "status",
    "name",
    "job_title",
    "organisation",
    "emails",
    "phones",
    "addresses",
    "tags",
    "source",
    "note",
)
_SHORT = 16

Part = str | tuple[object, ...]


def parts_of(details: Details) -> dict[str, Part]:
    """The content of each part by its name; an own field's name is its id. Empty ones are left out."""
    parts = {name: getattr(details, name) for name in PARTS} | dict(details.custom)
    return {name: part for name, part in parts.items() if part}


def seal_of_parts(details: Details) -> str:
    """By what parts are recognised later, without holding them: their names, each with a short hash (SHA-256)."""
    return " ".join(f"{name}={_hash(part)}" for name, part in parts_of(details).items())


def changed_since(seen: str, details: Details) -> set[str]:
    """The parts that aren't as they were when ``seen`` was made; every one that has content if it can't be read."""
    before, now = _read(seen), {name: _hash(part) for name, part in parts_of(details).items()}
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}


def different_parts(mine: Details, theirs: Details) -> set[str]:
    """The names of the parts that say different things."""
    one, other = parts_of(mine), parts_of(theirs)
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def _read(seen: str) -> Mapping[str, str]:
    return dict(pair.split("=", 1) for pair in seen.split() if "=" in pair)


def _hash(part: Part) -> str:
    written = json.dumps(part, default=_fields, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:_SHORT]


def _fields(address: object) -> list[str]:
    return [getattr(address, name) for name in ("street", "postcode", "city", "country")]


def kept_of_both(mine: Details, theirs: Details, *, seen: str) -> tuple[Details, set[str]]:
    """What two people wrote at once, made one: mine, but theirs in what I hadn't touched; and the parts taken so."""
    touched = changed_since(seen, mine)
    taken = {name for name in changed_since(seen, theirs) if name not in touched}
    mended = replace(mine, **{name: getattr(theirs, name) for name in taken if name in PARTS})
    own = {name: dict(theirs.custom).get(name, "") for name in taken if name not in PARTS}
    custom = {name: answer for name, answer in (dict(mine.custom) | own).items() if answer}
    return replace(mended, custom=tuple(custom.items())), taken
