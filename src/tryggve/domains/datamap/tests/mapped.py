"""Folders and mailboxes that were looked through, without looking through any: for tests of what comes after that.

What the real scanner makes of files ``test_scans`` tells; here a file is told by the values that stand in it.
"""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from tests.cast import NOW
from tryggve import vault
from tryggve.domains.datamap import marks, source_details
from tryggve.domains.datamap.engine.findings import Finding, NotScanned
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.summary import Summary
from tryggve.domains.datamap.known import Place
from tryggve.domains.datamap.models import File, Scan, Source
from tryggve.domains.datamap.origins import digests
from tryggve.domains.datamap.services import sources
from tryggve.domains.datamap.services.scans import keeping
from tryggve.domains.datamap.services.scans.keeping import Outcome
from tryggve.domains.datamap.walking import File as Lying
from tryggve.lib.ids import new_id

MACHINE = "machine:anna"
Values = Sequence[tuple[Kind, str]]


def folder(path: Path, *, title: str = "Old disk", at: datetime = NOW) -> Source:
    """A place that was looked through to its end."""
    path.mkdir(exist_ok=True)
    told = source_details.Told(title=title, where=str(path))
    source = sources.add_folder(told=told, is_watched=False, actor=MACHINE, at=at)
    looked_through(source, at=at)
    return source


def mailbox(*, at: datetime = NOW) -> Source:
    """Of Anna's mail, which no test of these asks for."""
    id = new_id()
    told = source_details.Told(title="Anna's mail", where="anna@example.se")
    [key] = vault.keyring().create_keys([id])
    source = Source.objects.create(
        id=id, kind="MAILBOX", key_ref=key, told_sealed=source_details.sealed(id, key, told), added_at=at
    )
    looked_through(source, at=at)
    return source


def looked_through(source: Source, *, at: datetime) -> Scan:
    return Scan.objects.create(
        source=source, why="ASKED", state="DONE", asked_at=at, began_at=at, ended_at=at
    )


def lying(source: Source, path: Path, values: Values, *, changed: datetime = NOW, at: datetime = NOW) -> File:
    """A file that lies there with these values, as it was found."""
    path.write_text("\n".join(value for _kind, value in values))
    changed_ns = int(changed.timestamp()) * 1_000_000_000
    os.utime(path, ns=(changed_ns, changed_ns))
    size = path.stat().st_size
    digest = digests.of(Lying(0, str(path), size, changed_ns))
    return _kept(source, Place(str(path), size, changed_ns, digest), values, at=at)


def message(source: Source, values: Values, *, at: datetime = NOW) -> File:
    """One in a mailbox."""
    return _kept(source, Place(f"INBOX/1/{len(values)}.eml", 900, 0), values, at=at)


def unread(source: Source, name: str, reason: str, *, at: datetime = NOW) -> File:
    """One that nobody could look into."""
    return _kept(source, Place(f"/old/{name}", 900, 0), [], at=at, not_scanned=[NotScanned((), reason)])


def people(numbers: Iterable[int]) -> list[tuple[Kind, str]]:
    """An address of each made-up person; the same number is the same person."""
    return [(Kind.EMAIL, f"kund{number:05}@example.se") for number in numbers]


def _kept(
    source: Source, place: Place, values: Values, *, at: datetime, not_scanned: Sequence[NotScanned] = ()
) -> File:
    summary = Summary(marks.marker())
    for number, (kind, value) in enumerate(values):
        summary.add(Finding(kind, Confidence.HIGH, {"offset": number, "length": len(value)}, value))
    before = set(File.objects.values_list("pk", flat=True))
    keeping.keep(source, [Outcome(place, summary, not_scanned, None)], at=at)
    return File.objects.select_related("source").exclude(pk__in=before).get()
