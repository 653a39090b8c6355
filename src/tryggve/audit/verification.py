"""Holds the whole log against itself and against checkpoints that were kept elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django_stubs_ext import StrOrPromise

from tryggve.audit import checkpoint_files, details, epochs, files, key_entries, leaves, standing, tiles
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.epoch_verification import EpochVerification, Mark
from tryggve.audit.epochs import Opening
from tryggve.audit.models import Entry
from tryggve.audit.notes import NotANote, NotSigned, UnknownKey, Verifier
from tryggve.audit.tiles import EpochTiles, Unreadable
from tryggve.audit.tree import WIDTH
from tryggve.audit.verdict import OF_UNKNOWN_KEY, UNRECORDED_KEY, Broken, KeyReplaced, Lost, Stated, Verdict
from tryggve.lib import folders

_SEQUENCED_WITHIN = timedelta(hours=1)
_DETAILS_AT_A_TIME = 500


def verify(saved: Sequence[bytes] = (), *, now: datetime, with_details: bool = False) -> Verdict:
    """Whether the log is what was logged; the first thing that isn't.

    ``saved`` are signed checkpoints that were kept elsewhere. With details, those that still open are held against
    their leaves, too: then it raises Locked when the keys can't be had. It takes no lease and changes nothing.
    """
    run = _Verification(saved, now=now, with_details=with_details)
    try:
        run.look()
    except Broken as broken:
        return Verdict(False, run.done, run.stated, broken.first_bad, tuple(run.lost), run.replaced)
    return Verdict(True, run.done, run.stated, None, tuple(run.lost), run.replaced)


class _Verification:
    def __init__(self, saved: Sequence[bytes], *, now: datetime, with_details: bool) -> None:
        self._saved = saved
        self._now = now
        self._with_details = with_details
        self._openings: Mapping[int, Opening | None] = {}
        self.done = 0
        self.stated: Stated | None = None
        self.lost: list[Lost] = []
        self.replaced: tuple[KeyReplaced, ...] = ()

    def look(self) -> None:
        """Look at everything. Raises Broken."""
        # The disk before the table, and the table before nothing else: while a sequencer runs they grow in the
        # other order.
        on_disk = {epoch: EpochTiles(epoch).size() for epoch in tiles.epochs()}
        kept, brought = self._kept(on_disk), self._brought()
        rows = leaves.sizes()
        self._openings = {epoch: epochs.opening(epoch) for epoch in rows}
        self.lost = [*_lost(self._openings)]
        self._require_reached(rows, on_disk, kept, brought)
        self._look_at_epochs(rows, on_disk, [*kept, *brought])
        self._look_at_keys(rows, [*kept, *brought])
        _require_files(rows)
        if (entry := leaves.first_unsequenced(before=self._now - _SEQUENCED_WITHIN)) is not None:
            raise Broken("unsequenced", epoch=max(rows, default=0), entry=entry)
        if self._with_details:
            _look_at_details()

    def _kept(self, on_disk: Iterable[int]) -> list[Checkpoint]:
        """The checkpoints on the disk."""
        keys, found = self._keys(), []
        for epoch in on_disk:
            paths = [checkpoint_files.path(epoch, size) for size in checkpoint_files.sizes(epoch)]
            newest = checkpoint_files.newest_path(epoch)
            for path in [*paths, newest] if paths or newest.exists() else []:
                one = _opened(_content(path, epoch), keys, epoch=epoch, file=_named(path))
                if one.epoch != epoch or (path != newest and checkpoint_files.path(epoch, one.size) != path):
                    raise Broken("checkpoint-forged", epoch=epoch)
                found.append(one)
        return found

    def _brought(self) -> list[Checkpoint]:
        keys = self._keys()
        return [_opened(note, keys, epoch=0, file="-", unknown=OF_UNKNOWN_KEY) for note in self._saved]

    def _keys(self) -> list[Verifier]:
        try:
            return checkpoint_files.keys()
        except NotANote:
            raise Broken("unreadable", epoch=0, file="key") from None

    def _require_reached(
        self,
        rows: Mapping[int, int],
        on_disk: Mapping[int, int],
        kept: Sequence[Checkpoint],
        brought: Sequence[Checkpoint],
    ) -> None:
        """The table has as much as the disk, the disk as much as its checkpoints; what a restore lost is told."""
        for one in kept:
            if self._is_lost(one, rows):
                continue
            if one.size > rows.get(one.epoch, 0):
                raise self._rolled_back(one.epoch, rows)
            if one.size > on_disk.get(one.epoch, 0):
                raise _files_missing(one.epoch, on_disk.get(one.epoch, 0))
        for epoch, size in on_disk.items():
            if size > rows.get(epoch, 0):
                raise self._rolled_back(epoch, rows)
        for one in brought:
            if one.size > rows.get(one.epoch, 0) and not self._is_lost(one, rows):
                raise Broken("shorter-than-checkpoint", epoch=one.epoch, index=rows.get(one.epoch, 0))

    def _rolled_back(self, epoch: int, rows: Mapping[int, int]) -> Broken:
        return Broken("rolled-back", epoch=epoch, index=rows.get(epoch, 0))

    def _look_at_epochs(
        self, rows: Mapping[int, int], on_disk: Mapping[int, int], known: Sequence[Checkpoint]
    ) -> None:
        before: tuple[int, int, bytes] | None = None
        for epoch, size in rows.items():
            began = self._openings[epoch]
            if began is None:
                raise Broken("epoch-broken", epoch=epoch, index=0, entry=leaves.entry_at(epoch, 0))
            self._require_fitting(epoch, began, before)
            ours = [one for one in known if one.epoch == epoch and one.size <= size]
            if any(one.installation != began.installation for one in ours):
                raise Broken("checkpoint-forged", epoch=epoch)
            before = epoch, size, self._root(epoch, size, on_disk.get(epoch, 0), ours)
            for one in ours:
                self._state(one)

    def _look_at_keys(self, rows: Mapping[int, int], known: Iterable[Checkpoint]) -> None:
        """Whoever has a checkpoint signed was told of in the log before. Raises Broken."""
        recorded = key_entries.recorded()
        self.replaced = key_entries.replaced(recorded)
        # Of what a restore lost the key's entry may be lost, too.
        for one in (one for one in known if one.size <= rows.get(one.epoch, 0)):
            for key in one.signed_by:
                if not key_entries.tells_of(recorded, key, before=(one.epoch, one.size)):
                    sentence = UNRECORDED_KEY
                    raise Broken("checkpoint-forged", epoch=one.epoch, key=key.id.hex(), sentence=sentence)

    def _root(self, epoch: int, size: int, on_disk: int, known: Sequence[Checkpoint]) -> bytes:
        marks = [Mark(one.size, one.root) for one in known]
        one_epoch = EpochVerification(epoch, rows=size, on_disk=on_disk, marks=marks)
        try:
            return one_epoch.root()
        except Unreadable as fault:
            raise Broken("unreadable", epoch=epoch, file=_named(fault.path)) from None
        finally:
            self.done += one_epoch.done

    def _require_fitting(self, epoch: int, began: Opening, before: tuple[int, int, bytes] | None) -> None:
        """What the first entry tells of the tree before it, and where that says that it stands."""
        told = began.facts
        number, size, root = before or (0, 0, None)
        fits = (
            told.get("epoch") == epoch
            and told.get("previous_epoch", epoch - 1) == number
            and told.get("previous_size") == size
            and (root is None or told.get("previous_root") == root.hex())
        )
        # A copy without a single entry: then nothing may lie before it, and the opening says so.
        is_after_all = before is None and told.get("reason") == "restore" and told.get("previous_size") == 0
        if not fits and not is_after_all:
            raise Broken("epoch-broken", epoch=epoch, index=0, entry=began.entry)

    def _is_lost(self, one: Checkpoint, rows: Mapping[int, int]) -> bool:
        """Whether a restore told that it lost what the checkpoint was signed for."""
        if any(one.epoch == lost.epoch and lost.start < one.size <= lost.stop for lost in self.lost):
            return True
        skipped = [
            began.facts for began in self._openings.values() if began and "previous_epoch" in began.facts
        ]
        return one.size > rows.get(one.epoch, 0) and any(
            told["previous_epoch"] <= one.epoch < told["epoch"] - 1 for told in skipped
        )

    def _state(self, one: Checkpoint) -> None:
        if self.stated is None or (self.stated.epoch, self.stated.size) < (one.epoch, one.size):
            self.stated = Stated(one.epoch, one.size, one.root.hex(), one.at)


def _content(path: Path, epoch: int) -> bytes:
    try:
        return files.read(path)
    except (FileNotFoundError, files.NotAFile):
        raise Broken("unreadable", epoch=epoch, file=_named(path)) from None


def _require_files(rows: Mapping[int, int]) -> None:
    """No more of an epoch is missing on the disk than a run that was cut off leaves behind. Raises Broken."""
    for epoch, size in rows.items():
        on_disk = EpochTiles(
            epoch
        ).size()  # looked at anew: by now it has what the table had, or lags by a batch
        is_closed = epoch < max(rows)  # its files were whole before the next was begun
        if on_disk < size if is_closed else standing.are_files_missing(size, on_disk):
            raise _files_missing(epoch, on_disk)


def _files_missing(epoch: int, on_disk: int) -> Broken:
    return Broken("unreadable", epoch=epoch, file=tiles.name_of(0, on_disk // WIDTH))


def _look_at_details() -> None:
    """Raises Broken and Locked."""
    last = 0
    while entries := list(
        Entry.objects.filter(commitment__isnull=False, pk__gt=last).order_by("pk")[:_DETAILS_AT_A_TIME]
    ):
        last = entries[-1].pk
        for entry, told in details.opened(entries).items():
            if told.state == "damaged":
                place = leaves.place_of(entry)
                epoch, index = (place.epoch, place.index) if place else (0, None)
                raise Broken("commitment-broken", epoch=epoch, index=index, entry=entry)


def _lost(openings: Mapping[int, Opening | None]) -> Iterator[Lost]:
    for epoch, began in openings.items():
        if began is None or began.facts.get("reason") != "restore":
            continue
        told = began.facts
        if told["lost_from"] < told["lost_to"]:
            yield Lost(told["lost_from"], told["lost_to"], epoch - 1, began.at.date())


def _opened(
    note: bytes, keys: Sequence[Verifier], *, epoch: int, file: str, unknown: StrOrPromise | None = None
) -> Checkpoint:
    try:
        return checkpoint_files.opened(note, keys)
    except NotANote:
        raise Broken("unreadable", epoch=epoch, file=file) from None
    except UnknownKey:
        raise Broken("checkpoint-forged", epoch=epoch, sentence=unknown) from None
    except NotSigned:
        raise Broken("checkpoint-forged", epoch=epoch) from None


def _named(path: Path) -> str:
    """A file's path below the log's folder."""
    return str(path.relative_to(folders.current().audit))
