"""What a scan on the command line came to, in plain words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggve.domains.datamap.engine.findings import Finding, NotScanned
from tryggve.domains.datamap.engine.kinds import Confidence
from tryggve.domains.datamap.engine.reading.parts import Reason
from tryggve.domains.datamap.engine.summary import OF_PERSONS
from tryggve.domains.datamap.words import kinds, reasons

_SHOWN_FILES = 10
_SHOWN_OF_A_REASON = 3


@dataclass(slots=True)
class ScanSummary:
    """Fill it with ``add``; what is less likely than not is counted apart, as on the map."""

    files: int = 0
    findings: int = 0
    not_scanned: int = 0
    _kinds: Counter[str] = field(default_factory=Counter)
    _by_file: Counter[str] = field(default_factory=Counter)
    _holding: set[str] = field(default_factory=set)
    _unread: set[str] = field(default_factory=set)
    _reasons: Counter[str] = field(default_factory=Counter)
    _examples: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, path: str, found: Finding | NotScanned) -> None:
        if isinstance(found, NotScanned):
            self._add_not_scanned(path, found)
            return
        self.findings += 1
        if found.confidence >= Confidence.MEDIUM:
            self._kinds[found.kind] += 1
            self._by_file[path] += 1
            if found.kind in OF_PERSONS:
                self._holding.add(path)

    def _add_not_scanned(self, path: str, found: NotScanned) -> None:
        self.not_scanned += 1
        self._reasons[found.reason] += 1
        if not found.inside and found.reason != Reason.PARTLY:
            self._unread.add(path)
        examples = self._examples.setdefault(found.reason, {})
        if len(examples) < _SHOWN_OF_A_REASON:
            examples[path] = None

    def as_json(self, seconds: float) -> dict[str, Any]:
        """``files``: all that lie there, read or not; ``not_scanned``: as many as there are lines that say so."""
        return {
            "files": self.files,
            "findings": self.findings,
            "not_scanned": self.not_scanned,
            "seconds": round(seconds, 3),
        }

    def told(self) -> Iterator[str]:
        """Line by line."""
        read, holding = self.files - len(self._unread), len(self._holding)
        yield ngettext("%(count)d file was looked through.", "%(count)d files were looked through.", read) % {
            "count": read
        }
        if holding:
            yield ngettext(
                "%(count)d of them holds personal data.", "%(count)d of them hold personal data.", holding
            ) % {"count": holding}
        elif read:
            yield _("No personal data was found in what was looked through.")
        yield from self._told_findings()
        yield from self._told_not_scanned()

    def _told_findings(self) -> Iterator[str]:
        if self._kinds:
            yield ""
            yield _("What was found:")
        yield from (_counted(count, kinds.name(kind)) for kind, count in self._kinds.most_common())
        if self._by_file:
            yield ""
            yield _("Where the most is:")
        yield from (_counted(count, shown(path)) for path, count in self._by_file.most_common(_SHOWN_FILES))
        unsure = self.findings - self._kinds.total()
        if unsure:
            yield ""
            yield ngettext(
                "%(count)d more looks like personal data, but may be something else; --json tells which.",
                "%(count)d more look like personal data, but may be something else; --json tells which.",
                unsure,
            ) % {"count": unsure}

    def _told_not_scanned(self) -> Iterator[str]:
        if self._reasons:
            yield ""
            yield _("Not looked through, so nobody knows what these hold:")
        for reason, count in self._reasons.most_common():
            yield _counted(count, reasons.told(reason))
            yield from (
                f"{'':>12}{shown(path)}" for path in islice(self._examples[reason], _SHOWN_OF_A_REASON)
            )


def shown(text: str) -> str:
    """On one line, whatever bytes a name has that somebody else gave."""
    readable = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in readable)


def _counted(count: int, what: str) -> str:
    return f"  {count:>8}  {what}"
