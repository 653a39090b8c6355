"""What is kept of all that was found in a file: how much of what, the surest samples, by what it is known again."""

import heapq
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tryggve.domains.datamap.engine.findings import Finding
from tryggve.domains.datamap.engine.kinds import Confidence, Kind

MOST_SAMPLES: Final = 200
MOST_MARKS: Final = 200_000

IDENTITY_NUMBERS: Final = frozenset(
    {Kind.SE_PERSONNUMMER, Kind.SE_SAMORDNINGSNUMMER, Kind.DK_CPR, Kind.NO_FNR, Kind.FI_HETU}
)
# What tells of a person by itself; accounts, companies and machines don't.
OF_PERSONS: Final = IDENTITY_NUMBERS | {
    Kind.EMAIL,
    Kind.PHONE,
    Kind.CARD,
    Kind.ADDRESS,
    Kind.DATE_OF_BIRTH,
    Kind.PERSON,
    Kind.SPECIAL,
}
# By what persons are counted: each kind names one person a value.
_COUNTED: Final = (IDENTITY_NUMBERS, {Kind.EMAIL}, {Kind.PHONE}, {Kind.PERSON})

Mark = Callable[[Kind, str], str]
"""A value in the form in which equal ones are alike; empty for one by which nobody is known."""


@dataclass(slots=True)
class Summary:
    """Fill it with ``add``. Only what is more likely than not counts as holding data of persons."""

    mark: Mark
    counts: Counter[Kind] = field(default_factory=Counter)
    marks: set[str] = field(default_factory=set)
    _by_kind: dict[Kind, set[str]] = field(default_factory=dict)
    _samples: list[tuple[int, int, Finding]] = field(default_factory=list)
    _added: int = 0

    def add(self, finding: Finding) -> None:
        """Count it, and keep it while it is among the surest; the earlier of two that are as sure."""
        self._added += 1
        heapq.heappush(self._samples, (int(finding.confidence), -self._added, finding))
        if len(self._samples) > MOST_SAMPLES:
            heapq.heappop(self._samples)
        if finding.confidence < Confidence.MEDIUM:
            return
        self.counts[finding.kind] += 1
        mark = self.mark(finding.kind, finding.value)
        if mark and len(self.marks) < MOST_MARKS:
            self.marks.add(mark)
            self._by_kind.setdefault(finding.kind, set()).add(mark)

    @property
    def samples(self) -> Iterator[Finding]:
        """In the order of the file."""
        for _confidence, _place, finding in sorted(self._samples, key=lambda one: -one[1]):
            yield finding

    @property
    def left_out(self) -> int:
        """How many findings are counted, but not among the samples."""
        return self._added - len(self._samples)

    @property
    def is_holding(self) -> bool:
        return any(self.counts[kind] for kind in OF_PERSONS)

    @property
    def persons(self) -> int:
        """At least so many different ones: the most of numbers, addresses of mail, telephones or names."""
        return max(sum(len(self._by_kind.get(kind, ())) for kind in kinds) for kinds in _COUNTED)


# How much harm it does in wrong hands; a list of a thousand is worse than one name, but not a thousand times.
_WEIGHTS: Final[Mapping[Kind, int]] = {
    Kind.SPECIAL: 10,
    Kind.SECRET: 8,
    Kind.CARD: 8,
    **dict.fromkeys(IDENTITY_NUMBERS, 6),
    Kind.IBAN: 3,
    Kind.DATE_OF_BIRTH: 2,
    Kind.ADDRESS: 2,
    Kind.PHONE: 1,
    Kind.EMAIL: 1,
    Kind.PERSON: 1,
}


def risk(counts: Mapping[Kind, int]) -> int:
    """A number by which files are put in order: the weight of each kind for every doubling of how often it stands."""
    return sum(weight * counts.get(kind, 0).bit_length() for kind, weight in _WEIGHTS.items())
