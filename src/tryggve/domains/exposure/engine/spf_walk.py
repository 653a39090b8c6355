"""What an SPF record leads to: how often a receiver must ask the name service, and who is let through."""

from dataclasses import dataclass, field

from tryggve.domains.exposure.engine import spf
from tryggve.domains.exposure.engine.questions import Asks
from tryggve.domains.exposure.engine.spf import BadRecord, Record, Term
from tryggve.domains.exposure.engine.troubles import Advice, Trouble

MOST_LOOKUPS = 10  # RFC 7208 §4.6.4: with more, every receiver gives up
MOST_VOIDS = 2
# A record made to be asked about for ever is followed this far, so that the true number of most can be told.
_ENOUGH = 30
_ASKING = {"include", "a", "mx", "ptr", "exists"}


@dataclass(frozen=True, slots=True)
class Walked:
    """The records found, where the only one ends (``-``, ``~``, ``?``, ``+``, empty), what receivers stumble over.

    ``lets_all_in``: one of its terms does, however it ends.
    """

    texts: tuple[str, ...] = ()
    ending: str = ""
    lookups: int = 0
    voids: int = 0
    troubles: tuple[Trouble, ...] = ()
    advice: tuple[Advice, ...] = ()
    lets_all_in: bool = False


class _Enough(Exception):
    """It leads on and on."""


@dataclass(slots=True)
class _Walk:
    asks: Asks
    lookups: int = 0
    voids: int = 0
    is_open: bool = False
    has_ptr: bool = False
    troubles: list[Trouble] = field(default_factory=list)

    def through(self, record: Record, name: str, path: tuple[str, ...]) -> str:
        """Count what the record asks for; returns where it ends."""
        for term in record.terms:
            self.is_open |= term.is_too_wide
            if term.mechanism in _ASKING:
                self._count()
                self._follow(term, name, path)
        if not record.redirect:
            return record.ending
        self._count()
        return self._include(record.redirect, path)

    def _count(self) -> None:
        self.lookups += 1
        if self.lookups > _ENOUGH:
            raise _Enough

    def _follow(self, term: Term, name: str, path: tuple[str, ...]) -> None:
        if term.mechanism == "ptr":
            self.has_ptr = True
        elif term.has_macro:
            pass  # what it asks for depends on who sends: counted, and nothing more can be known
        elif term.mechanism == "include":
            ending = self._include(term.value, path)
            self.is_open |= ending == "+" and term.qualifier == "+"
        else:
            self._address(term, term.value or name)

    def _address(self, term: Term, name: str) -> None:
        found = self.asks.mail_servers(name) if term.mechanism == "mx" else self.asks.addresses(name)
        self.voids += not found
        self.is_open |= term.is_for_anybody and any(
            ":" not in one for one in found
        )  # §5.7: of A records only
        if term.mechanism == "mx" and len(found) > MOST_LOOKUPS:
            self._note(Trouble.SPF_TOO_MANY)

    def _include(self, name: str, path: tuple[str, ...]) -> str:
        if "%" in name:
            return ""
        if name in path:
            self._note(Trouble.SPF_INCLUDE_BROKEN)
            return ""
        texts = self.asks.texts(name)
        self.voids += not texts
        records = spf.records_among(texts)
        try:
            if len(records) != 1:
                raise BadRecord
            return self.through(spf.read(records[0]), name, (*path, name))
        except BadRecord:
            self._note(Trouble.SPF_INCLUDE_BROKEN)
            return ""

    def _note(self, trouble: Trouble) -> None:
        if trouble not in self.troubles:
            self.troubles.append(trouble)


def walk(asks: Asks, name: str) -> Walked:
    """Read the domain's SPF record and all that it includes. Raises Unread."""
    records = spf.records_among(asks.texts(name))
    if len(records) != 1:
        return Walked(records, troubles=(Trouble.SPF_TWICE if records else Trouble.SPF_MISSING,))
    try:
        record = spf.read(records[0])
    except BadRecord:
        return Walked(records, troubles=(Trouble.SPF_BROKEN,))
    course, ending = _Walk(asks), record.ending
    try:
        ending = course.through(record, name, (name,))
    except _Enough:
        course.troubles.append(Trouble.SPF_TOO_MANY)
    return _walked(course, records, ending)


def _walked(course: _Walk, texts: tuple[str, ...], ending: str) -> Walked:
    troubles = dict.fromkeys(course.troubles)
    if course.lookups > MOST_LOOKUPS:
        troubles[Trouble.SPF_TOO_MANY] = None
    if course.voids > MOST_VOIDS:
        troubles[Trouble.SPF_TOO_VOID] = None
    if course.is_open or (ending not in {"-", "~"} and Trouble.SPF_INCLUDE_BROKEN not in troubles):
        troubles[Trouble.SPF_OPEN] = None
    advice = (Advice.SPF_PTR,) if course.has_ptr else ()
    return Walked(
        texts, ending, course.lookups, course.voids, tuple(troubles), advice, lets_all_in=course.is_open
    )
