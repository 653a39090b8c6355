"""What a domain asks receivers to do with mail that isn't its own (RFC 9989), and where that stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from tryggve.domains.exposure.engine import tags
from tryggve.domains.exposure.engine.names import is_within
from tryggve.domains.exposure.engine.questions import Asks
from tryggve.domains.exposure.engine.troubles import Advice, Trouble

_VERSION = re.compile(r"v\s*=\s*DMARC1\s*(;|$)")
_MEANT = re.compile(r"DMARC1", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:[^@\s]+@([a-z0-9.-]+)(![0-9]+[kmgt]?)?", re.IGNORECASE)
_MOST_QUESTIONS = 8  # RFC 9989 §4.10: a name with more labels is cut to the last seven
_WHOLE = 100


class Policy(IntEnum):
    """From letting all through to refusing all that isn't proven."""

    NONE = 0
    QUARANTINE = 1
    REJECT = 2

    @property
    def code(self) -> str:
        return self.name.lower()

    @property
    def lowered(self) -> "Policy":
        """What receivers apply while the domain says that it tests (RFC 9989 §4.7, tag ``t``)."""
        return Policy(max(self - 1, Policy.NONE))


@dataclass(frozen=True, slots=True)
class Record:
    """A record's own words, and what its tags say."""

    text: str
    own: Policy
    below: Policy
    unknown_below: Policy
    is_half: bool
    reports_to: tuple[str, ...]
    is_suffix: bool
    is_top: bool
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What applies to a domain, and by which record: its own, or that of the domain above.

    ``texts`` are all of its own that were meant to be one.
    """

    policy: Policy = Policy.NONE
    below: Policy = Policy.NONE
    record: Record | None = None
    is_own: bool = False
    troubles: tuple[Trouble, ...] = ()
    advice: tuple[Advice, ...] = ()
    texts: tuple[str, ...] = ()


def read(text: str) -> Record | None:
    """What the text says; None where it is no DMARC record, which receivers pass over."""
    told = tags.read(text) if _VERSION.match(text) else None
    if told is None:
        return None
    half = told.get("t", "n").lower() == "y" or _part(told.get("pct", "100")) < _WHOLE
    own, fits = policy_told(told.get("p", "none"))
    below, below_fits = policy_told(told.get("sp", own.code))
    unknown, unknown_fits = policy_told(told.get("np", below.code))
    suffix = told.get("psd", "u").lower()
    return Record(
        text,
        own.lowered if half else own,
        below.lowered if half else below,
        unknown.lowered if half else unknown,
        is_half=half,
        reports_to=tuple(found[1].lower() for found in _MAILTO.finditer(told.get("rua", ""))),
        is_suffix=suffix == "y",
        is_top=suffix == "n",
        is_broken=not (fits and below_fits and unknown_fits),
    )


def find(asks: Asks, name: str) -> Found:
    """What applies to the domain, by its own record or by those above it. Raises Unread."""
    there = asks.texts(f"_dmarc.{name}")
    meant = tuple(text for text in there if _MEANT.search(text))
    return replace(_found(asks, name, [text for text in there if _VERSION.match(text)]), texts=meant)


def _found(asks: Asks, name: str, texts: Sequence[str]) -> Found:
    if len(texts) > 1:
        return Found(troubles=(Trouble.DMARC_TWICE,))
    if not texts:
        return _inherited(asks, name)
    record = read(texts[0])
    if record is None:
        return Found(troubles=(Trouble.DMARC_BROKEN,))
    below = min(record.below, record.unknown_below)
    return _judged(asks, name, Found(record.own, below, record, is_own=True))


def _inherited(asks: Asks, name: str) -> Found:
    above = _above(asks, name)
    if above is None:
        return Found(troubles=(Trouble.DMARC_MISSING,))
    below = min(above.below, above.unknown_below)
    return _judged(asks, name, Found(above.below, below, above))


def _judged(asks: Asks, name: str, found: Found) -> Found:
    record = found.record
    if record is None:
        return found
    troubles, advice = [], []
    if record.is_broken:
        troubles.append(Trouble.DMARC_BROKEN)
    if found.policy == Policy.NONE:
        troubles.append(Trouble.DMARC_NONE)
    elif found.below == Policy.NONE:
        troubles.append(Trouble.DMARC_SUBDOMAINS)
    if record.is_half:
        advice.append(Advice.DMARC_HALF)
    if not record.reports_to:
        advice.append(Advice.DMARC_NO_REPORTS)
    elif not all(_takes_reports(asks, name, to) for to in record.reports_to):
        advice.append(Advice.DMARC_REPORTS_REFUSED)
    return replace(found, troubles=tuple(troubles), advice=tuple(advice))


def _takes_reports(asks: Asks, name: str, receiver: str) -> bool:
    """Another's mailbox gets reports only where that other says so (RFC 9990 §4)."""
    if is_within(receiver, name) or is_within(name, receiver):
        return True
    return any(_VERSION.match(text) for text in asks.texts(f"{name}._report._dmarc.{receiver}"))


def _above(asks: Asks, name: str) -> Record | None:
    """The record of the domain that the name belongs to, found by walking up (RFC 9989 §4.10)."""
    labels = name.split(".")[1:]
    found: Record | None = None
    for start in range(max(0, len(labels) - _MOST_QUESTIONS + 1), len(labels)):
        texts = [text for text in asks.texts("_dmarc." + ".".join(labels[start:])) if _VERSION.match(text)]
        record = read(texts[0]) if len(texts) == 1 else None
        if record is None:
            continue
        if (
            record.is_suffix
        ):  # a registry's own: what lies right below it is the firm's, where that said something
            return found or record
        found = record
        if record.is_top:
            break
    return found


def policy_told(told: str) -> tuple[Policy, bool]:
    """What the value of a tag says, and whether it says anything."""
    try:
        return Policy[told.upper()], True
    except KeyError:
        return Policy.NONE, False


def _part(told: str) -> int:
    return int(told) if told.isascii() and told.isdigit() and len(told) < 4 else _WHOLE
