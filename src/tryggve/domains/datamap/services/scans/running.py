"""A source is looked through: what is known and unchanged is passed over, what was found is kept every few seconds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tryggve import vault
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.datamap import actions, index_file, known, marks, scanning, source_details, walking
from tryggve.domains.datamap.engine.findings import Finding, NotScanned
from tryggve.domains.datamap.engine.summary import Mark, Summary
from tryggve.domains.datamap.known import RULES, Known, Place
from tryggve.domains.datamap.models import File, Scan, Source
from tryggve.domains.datamap.origins import Empty, Origin, Unreachable, connecting
from tryggve.domains.datamap.scanning import Scanner
from tryggve.domains.datamap.services import watching
from tryggve.domains.datamap.services.scans import keeping
from tryggve.domains.datamap.services.scans.keeping import Outcome

Clock = Callable[[], datetime]
_KEPT_EVERY: Final = timedelta(seconds=2)
_MOST_AT_ONCE: Final = 100
_NO_RULES: Final = 0
# These may be otherwise next time, though the file is the same.
_TRIED_AGAIN: Final = frozenset({"changed", "no-permission", "unreadable", "no-reader", "needs-ocr"})

# Perhaps not of the file alone: its disk may be gone, or the line to the mail server.
_PERHAPS_ALL: Final = frozenset({"unreadable", "vanished", "no-permission"})


def run(scan: Scan, *, now: Clock) -> Scan:
    """Until it is done, or somebody wants it to pause or stop. Raises vault.Locked; then it waits for its turn."""
    try:
        return _Running(scan, now).through()
    except Unreachable as cannot:
        return _failed(scan, cannot.code, at=now())
    except vault.CannotOpen:
        return _failed(scan, "cannot-open", at=now())
    except vault.Locked:
        Scan.objects.filter(pk=scan.pk).update(state=Scan.State.WAITING)
        raise


def _failed(scan: Scan, cause: str, *, at: datetime) -> Scan:
    scan.state, scan.cause, scan.ended_at, scan.wanted = Scan.State.FAILED, cause, at, ""
    scan.save()
    return scan


@dataclass
class _Running:
    scan: Scan
    now: Clock
    mark: Mark = field(default_factory=marks.marker)
    waiting: list[Outcome] = field(default_factory=list)
    kept_at: datetime | None = None

    def through(self) -> Scan:
        scan, source = self.scan, self.scan.source
        scan.state, scan.began_at = Scan.State.RUNNING, scan.began_at or self.now()
        told = source_details.opened(source)
        index_file.keep_only(File.objects.values_list("pk", flat=True))
        with connecting.connected(source, told) as origin:
            return self._through(origin, self._known())

    def _known(self) -> dict[str, Known]:
        """Of files whose values are in no index any more, nothing is taken for known."""
        source, there = self.scan.source, known.files_of(self.scan.source)
        if source.index_ref == (identity := index_file.identity()):
            return there
        with transaction.atomic():
            Source.objects.filter(pk=source.pk).update(index_ref=identity)
            File.objects.filter(source=source).update(rules=_NO_RULES)
        return {path: replace(one, rules=_NO_RULES) for path, one in there.items()}

    def _through(self, origin: Origin, before: dict[str, Known]) -> Scan:
        scan, files = self.scan, origin.files()
        filesystem = origin.filesystem()
        _require_same_disk(scan.source, filesystem, files, before)
        scan.files, scan.bytes = len(files), sum(file.size for file in files)
        scan.files_done = scan.bytes_done = 0
        scan.save()
        with scanning.scanner(own=customers.names_of_everybody) as scanner:
            wanted = self._each(scanner, origin, files, before)
        self._keep()
        if not wanted:
            self._let_go(files, before)
            Source.objects.filter(pk=scan.source_id).update(filesystem=filesystem)
        return self._ended(wanted or Scan.State.DONE)

    def _each(
        self, scanner: Scanner, origin: Origin, files: Sequence[walking.File], before: dict[str, Known]
    ) -> str:
        """What somebody wants of it before it is done; nothing when it is."""
        for file in files:
            was = before.get(file.path)
            if not _is_as_it_was(file, was):
                self._look_into(scanner, origin, file, was)
            self.scan.files_done += 1
            self.scan.bytes_done += file.size
            if self._is_time() and (wanted := self._heard()):
                return wanted
        return ""

    def _look_into(self, scanner: Scanner, origin: Origin, file: walking.File, was: Known | None) -> None:
        place = Place(file.path, file.size, file.changed_ns, origin.digest(file))
        if was and _is_to_go_by(was) and place.digest and was.place.digest == place.digest:
            self._note_moved_time(was, place)
            return
        summary, unread = Summary(self.mark), list[NotScanned]()
        for found in scanner.scan(file, origin.given(file)):
            if isinstance(found, Finding):
                summary.add(found)
            else:
                unread.append(found)
        if unread == [NotScanned((), "vanished")] and not summary.counts:
            origin.require_there()
            return  # of one that isn't there, the list of the next time tells
        if any(not one.inside and one.reason in _PERHAPS_ALL for one in unread):
            origin.require_there()
        self.scan.files_read += 1
        self.waiting.append(Outcome(place, summary, unread, was))

    def _note_moved_time(self, was: Known, place: Place) -> None:
        """The same content with another time: it needn't be read again."""
        source = self.scan.source
        File.objects.filter(pk=was.id).update(place_sealed=known.sealed(was.id, source, place))

    def _is_time(self) -> bool:
        at = self.now()
        if self.kept_at is None:
            self.kept_at = at
        return len(self.waiting) >= _MOST_AT_ONCE or at - self.kept_at >= _KEPT_EVERY

    def _heard(self) -> str:
        """Write down how far it is; answer what somebody wants of it meanwhile."""
        self._keep()
        self.kept_at = self.now()
        self.scan.save(update_fields=["files_done", "files_read", "bytes_done"])
        return Scan.objects.values_list("wanted", flat=True).get(pk=self.scan.pk)

    def _keep(self) -> None:
        if self.waiting:
            keeping.keep(self.scan.source, self.waiting, at=self.now())
            self.waiting.clear()

    def _let_go(self, files: Sequence[walking.File], before: dict[str, Known]) -> None:
        """Not of what lies below something that couldn't be read: it may be there."""
        there = {file.path for file in files}
        closed = tuple(f"{file.path}/" for file in files if file.refused)
        gone = [
            one.id
            for path, one in before.items()
            if path not in there and one.state != File.State.GONE and not path.startswith(closed)
        ]
        keeping.gone(self.scan.source, gone)

    def _ended(self, state: str) -> Scan:
        scan = self.scan
        there = File.objects.filter(source=scan.source).exclude(state=File.State.GONE)
        scan.state, scan.wanted = Scan.State(state), ""
        scan.ended_at = None if state == Scan.State.PAUSED else self.now()
        scan.holding = there.filter(is_holding=True).count()
        scan.not_scanned = there.exclude(not_scanned="").count()
        with transaction.atomic():
            scan.save()
            if scan.ended_at:
                audit.record(
                    actions.SCAN_ENDED, actor=actors.SYSTEM, at=scan.ended_at,
                    source=str(scan.source_id), scan=str(scan.pk), outcome=scan.state.lower(),
                    files=scan.files, holding=scan.holding, not_scanned=scan.not_scanned,
                )  # fmt: skip
                watching.tell(scan, at=scan.ended_at)
        return scan


def _require_same_disk(
    source: Source, filesystem: str, files: Sequence[walking.File], before: dict[str, Known]
) -> None:
    """Where a disk was, an empty folder stays when it is taken away: what lay there is not gone."""
    was_there = any(one.state != File.State.GONE for one in before.values())
    if not files and was_there and source.filesystem not in {"", filesystem}:
        raise Empty


def _is_to_go_by(was: Known) -> bool:
    """Whether what came of it then would come of it again. Of one that was gone nothing is kept."""
    return was.state != File.State.GONE and was.rules == RULES and was.reason not in _TRIED_AGAIN


def _is_as_it_was(file: walking.File, was: Known | None) -> bool:
    if was is None or not _is_to_go_by(was):
        return False
    return (was.place.size, was.place.changed_ns) == (file.size, file.changed_ns)
