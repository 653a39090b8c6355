"""Text as it may stand in a document: what somebody typed, on one line, without what can't be seen."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

Part = TypeVar("Part")
# What XML can't hold (XML 1.0 §2.2), and the marks that turn the direction of what follows.
_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Not the space that keeps words together (U+00A0).
_GAP = re.compile(r"[ \t\n\r\x85\u2028\u2029]+")


def shown(text: str) -> str:
    """The text without what no document can hold, in one line; a text of nothing but space is empty."""
    plain = _GAP.sub(" ", _NOT_SHOWN.sub("", text)).strip(" ")
    return plain if plain.strip() else ""


def tidied(part: Part) -> Part:
    """A dataclass with every text in it as it is shown, and empty ones left out of tuples."""
    if isinstance(part, str):
        return shown(part)  # type: ignore[return-value]
    if isinstance(part, tuple):
        return tuple(one for one in map(tidied, part) if one)  # type: ignore[return-value]
    if is_dataclass(part):
        changed: dict[str, Any] = {field.name: tidied(getattr(part, field.name)) for field in fields(part)}
        return replace(part, **changed)  # type: ignore[type-var]
    return part
