import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.audit import checkpoint_files, checkpoints, inclusion
from tryggve.audit.inclusion import Bundle, NotCovered, Proof
from tryggve.audit.notes import NotANote
from tryggve.audit.tiles import Unreadable
from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors import report_controls
from tryggve.lib.errors import Missing, Refusal
from tryggve.ui.languages import OWN_NAMES

FORMAT = "tryggve-report/1"
_MOST_SHOWN = 100


class NoSuchReport(Missing):
    """There is no report with that id."""


class NotSignedYet(Refusal):
    """The log was not signed since the report was made."""

    sentence: ClassVar = _(
        "The log has not been signed since this report was made, so there is no signed file of it yet. It is signed "
        "every hour: try again then. The PDF can be had now."
    )


class LogUnreadable(Refusal):
    """The files of the log don't allow a proof."""

    sentence: ClassVar = _(
        "A file of the log is missing or damaged, so nothing can be proved from it. Nothing was changed. Verify the "
        "log."
    )


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made."""

    id: UUID
    made_at: datetime
    reader: str
    language: str
    since: date
    until: date
    with_names: bool

    @property
    def reader_name(self) -> str:
        return str(Report.Reader(self.reader).label)

    @property
    def language_name(self) -> str:
        return dict(OWN_NAMES)[self.language]


@dataclass(frozen=True, slots=True)
class Opened:
    """A report with what it says, as JSON has it. ``names``: by statement who made it, if they are to be named."""

    made: Made
    content: Mapping[str, Any]
    digest: str
    names: Mapping[str, str]


def reports_made() -> Sequence[Made]:
    """The newest first, at most a hundred. One query."""
    rows = Report.objects.defer("content").order_by("-made_at", "-pk")[:_MOST_SHOWN]
    return [_made(row) for row in rows]


def yearly_report(year: int) -> UUID | None:
    """The company's own report of that whole year, if it was made. One query."""
    whole = Report.objects.filter(reader=Report.Reader.OWN, since=date(year, 1, 1), until=date(year, 12, 31))
    return whole.values_list("pk", flat=True).first()


def report(id: UUID, *, with_names: bool) -> Opened:
    """Names only where they are wanted in the report, too. Raises NoSuchReport."""
    row = _row(id)
    content = json.loads(row.content)
    is_named = row.with_names and with_names
    names = report_controls.people_by(_statements(content)) if is_named else {}
    return Opened(replace(_made(row), with_names=is_named), content, row.digest, names)


def signed_report(id: UUID) -> Mapping[str, Any]:
    """The report with all that shows it to be what was logged, for ``tools/verify_audit.py``.

    Raises NoSuchReport, NotSignedYet, LogUnreadable, and as checkpoints.newest does.
    """
    row = _row(id)
    content = json.loads(row.content)
    entries = sorted({told["entry"] for told in _evidence(content)})
    try:
        found = _bundle([row.entry, *entries])
        known = checkpoint_files.keys()
    except NotCovered as cause:
        raise NotSignedYet from cause
    except (Unreadable, NotANote, OSError) as cause:
        raise LogUnreadable from cause
    seal, *proofs = found.proofs
    return {
        "format": FORMAT,
        "report": content,
        "seal": _proof(seal),
        "entries": [_proof(one) for one in proofs],
        "links": [_proof(one) for one in found.links],
        "checkpoint": found.checkpoint.note.decode(),
        "keys": [key.line for key in known],
    }


def _row(id: UUID) -> Report:
    found = Report.objects.filter(pk=id).first()
    if found is None:
        raise NoSuchReport(id)
    return found


def _made(row: Report) -> Made:
    return Made(row.pk, row.made_at, row.reader, row.language, row.since, row.until, row.with_names)


def _bundle(entries: Sequence[int]) -> Bundle:
    signed = checkpoints.newest()
    if signed is None:
        raise NotCovered
    return inclusion.bundle(entries, checkpoint=signed)


def _proof(one: Proof) -> Mapping[str, Any]:
    path = [step.hex() for step in one.path]
    return {"epoch": one.epoch, "index": one.index, "leaf": one.leaf.decode(), "path": path}


def _evidence(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    findings = content["findings"]["listed"]
    for one in (
        *content["controls"],
        *(finding[end] for finding in findings for end in ("opened", "closed")),
    ):
        if one["evidence"] is not None:
            yield one["evidence"]


def _statements(content: Mapping[str, Any]) -> set[UUID]:
    pairs = ((one["attested"], one["exempted"]) for one in content["controls"])
    return {UUID(said["statement"]) for pair in pairs for said in pair if said is not None}
