"""What came of files is written down: first by what values are known again, then the rows, so that none lacks them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.domains.datamap import index_file, known, sealing, value_tags
from tryggve.domains.datamap.engine.findings import Finding, NotScanned
from tryggve.domains.datamap.engine.summary import Summary, risk
from tryggve.domains.datamap.known import Known, Place
from tryggve.domains.datamap.models import File, Source
from tryggve.lib import write_points
from tryggve.lib.ids import new_id


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one file: where it lies, what was found, and what could not be read; ``before`` where it was known."""

    place: Place
    summary: Summary
    not_scanned: Sequence[NotScanned]
    before: Known | None

    @property
    def reason(self) -> str:
        """Why nobody looked into the file; ``partly`` where it was into some of it."""
        if not self.not_scanned:
            return ""
        outer = next((one.reason for one in self.not_scanned if not one.inside), "")
        return outer if outer and not self.summary.counts else "partly"


def keep(source: Source, outcomes: Sequence[Outcome], *, at: datetime) -> None:
    """All of them or, where this is cut off, some whose values are known again and that are looked into once more."""
    rows = [_row(source, one, at) for one in outcomes]
    tags = iter(value_tags.made([mark for one in outcomes for mark in sorted(one.summary.marks)]))
    tagged = [
        (row.pk, [next(tags) for _mark in one.summary.marks]) for row, one in zip(rows, outcomes, strict=True)
    ]
    index_file.put(tagged)
    write_points.reached("datamap: values known, rows not written")
    with transaction.atomic():
        File.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[
                "place_sealed", "found_sealed", "state", "rules", "counts", "persons", "risk", "is_holding",
                "not_scanned", "format", "size", "changed_on", "scanned_at", "first_found_at",
            ],
        )  # fmt: skip
    write_points.reached("datamap: rows written")


def _row(source: Source, one: Outcome, at: datetime) -> File:
    id = one.before.id if one.before else new_id()
    summary, place = one.summary, one.place
    counts = {str(kind): count for kind, count in sorted(summary.counts.items())}
    return File(
        id=id,
        source=source,
        place_sealed=known.sealed(id, source, place),
        found_sealed=_found(id, source, one),
        state=File.State.THERE,
        rules=known.RULES,
        counts=counts,
        persons=summary.persons,
        risk=risk(summary.counts),
        is_holding=summary.is_holding,
        not_scanned=one.reason,
        format=_format(place.path),
        size=place.size,
        changed_on=datetime.fromtimestamp(place.changed_ns / 1e9, UTC).date() if place.changed_ns else None,
        scanned_at=at,
        first_found_at=_first_found(one, at),
    )


def _first_found(one: Outcome, at: datetime) -> datetime | None:
    """It stays while the file is there and holds personal data, however often that is changed."""
    was_there = one.before is not None and one.before.state != File.State.GONE
    before = one.before.first_found_at if one.before and was_there else None
    return (before or at) if one.summary.is_holding else None


def _found(file: UUID, source: Source, one: Outcome) -> bytes | None:
    samples = [_told(finding) for finding in one.summary.samples]
    unread = [[list(part.inside), part.reason] for part in one.not_scanned[:100]]
    if not samples and not unread:
        return None
    document = {"samples": samples, "left_out": one.summary.left_out, "not_scanned": unread}
    return vault.keyring().seal(
        sealing.to_bytes(document), key=source.key_ref, bound_to=sealing.found_binding(file, source.pk)
    )


def _told(finding: Finding) -> list[object]:
    return [str(finding.kind), int(finding.confidence), dict(finding.where), finding.sample]


def _format(path: str) -> str:
    ending = path.rsplit("/", 1)[-1].rpartition(".")[2].lower()
    return ending if ending.isalnum() and len(ending) <= 10 and "." in path else ""


def gone(source: Source, files: Sequence[UUID]) -> None:
    """They aren't there any more: nothing of them is kept but that they were."""
    index_file.forget(files)
    File.objects.filter(source=source, pk__in=files).update(
        state=File.State.GONE, found_sealed=None, counts={}, persons=0, risk=0, is_holding=False
    )
