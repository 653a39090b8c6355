"""One repository: made, written to, looked into, checked, restored from, thinned out."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Final, TypeVar

from tryggve.domains.backups.restic import answers, program, reading, running
from tryggve.domains.backups.restic.answers import Added, Listed, Password, Snapshot
from tryggve.domains.backups.restic.errors import Damaged, Incomplete, NoRepository, Refused, ResticFailed
from tryggve.domains.backups.restic.places import Place
from tryggve.domains.backups.restic.running import Watch

_A_MOMENT: Final = 120.0
_HOURS: Final = 12 * 3600.0
BRIEF_SECONDS: Final = 60.0
# Also when the company moves to another computer: what was there before is then still known.
_FROM: Final = ("--host", "tryggve")
_MOST_IN_MEMORY: Final = 1024**3
_ID_LETTERS: Final = 64
# Neither pipes nor devices can be had back as files.
_SHOWN: Final = ("dir", "file")
_TELLS_HOW_FAR_IT_RESTORED: Final = (0, 16)
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class Repository:
    """A place with the password that opens it. ``cache``: a private folder of ours for what restic keeps at hand.

    ``patience``: so many seconds may pass in which nothing comes or goes, where restic tells how far it has come;
    ``longest``: where it doesn't, one deed may take so many at the most.
    """

    place: Place
    password: str = field(repr=False)
    cache: Path
    patience: float = 1800.0
    longest: float = _HOURS

    def brief(self) -> "Repository":
        """The same for somebody who waits for the answer."""
        return replace(self, patience=BRIEF_SECONDS, longest=BRIEF_SECONDS)

    def make(self) -> None:
        """Raises AlreadyThere, and ResticFailed as all of these do."""
        self._run(["init"], seconds=_A_MOMENT)

    def exists(self, *, seconds: float = _A_MOMENT) -> bool:
        """Whether the password opens a repository there, whoever is at work. Raises WrongPassword, Unreachable."""
        try:
            self._run(["cat", "--no-lock", "config"], seconds=seconds)
        except NoRepository:
            return False
        return True

    def backup(
        self,
        paths: Sequence[Path],
        *,
        tags: Iterable[str] = (),
        without: Iterable[str] = (),
        folder: Path | None = None,
        ignore_ctime: bool = False,
        watch: Watch | None = None,
    ) -> Added:
        """A snapshot of these folders and files, which are told from ``folder`` on if there is one.

        ``ignore_ctime``: what has kept its name, size, number and time of change isn't read again. Raises Incomplete
        when something isn't there or couldn't be read, after a snapshot of all else.
        """
        there = [path for path in paths if (folder / path if folder else path).exists()]
        if not there:
            raise Incomplete
        beside = ["--ignore-ctime"] if ignore_ctime else []
        left_out = [f"--exclude={one}" for one in without]
        words = ["backup", *_FROM, *_tagged(tags), *beside, *left_out, "--", *map(str, there)]
        added = answers.added(self._run(words, watch=watch, folder=folder, patience=self.patience))
        if len(there) < len(paths):
            raise Incomplete  # restic goes on without it, and ends well
        return added

    def backup_stream(self, content: IO[bytes], *, name: str, tags: Iterable[str] = ()) -> Added:
        """A snapshot of what can be read there, as one file of that name: it lies on no disk of ours meanwhile."""
        words = ["backup", *_FROM, *_tagged(tags), "--stdin", "--stdin-filename", name]
        return answers.added(self._run(words, given=content, patience=self.patience))

    def dump(self, snapshot: str, path: str, *, most: int = _MOST_IN_MEMORY) -> bytes:
        """What one file of a snapshot holds, in memory alone. Raises Damaged where it is larger than ``most`` bytes."""
        held = bytearray()
        for piece in self.dump_file(snapshot, path):
            held += piece
            if len(held) > most:
                raise Damaged
        return bytes(held)

    def snapshots(self, *, tags: Iterable[str] = (), seconds: float = _A_MOMENT) -> list[Snapshot]:
        """The oldest first; those with all of the tags. Also while another is at work there, or nobody may write."""
        wanted = ",".join(sorted(tags))
        words = ["snapshots", "--no-lock", *(["--tag", wanted] if wanted else [])]
        told = self._run(words, seconds=seconds)
        return sorted((answers.snapshot(one) for one in told if "time" in one), key=lambda one: one.taken_at)

    def whole_id(self, begin: str) -> str:
        """Of the snapshot whose id begins so; older programs tell no more of one that they made.

        restic keeps each that it made in its cache under its whole name; where that lacks it, the place is asked.
        """
        if len(begin) == _ID_LETTERS:
            return begin
        kept = {one.name for one in self.cache.glob(f"*/snapshots/{begin[:2]}/{begin}*")}
        if len(kept) != 1:
            kept = {one.id for one in self.snapshots() if one.id.startswith(begin)}
        return kept.pop() if len(kept) == 1 else begin

    def restore(
        self,
        snapshot: str,
        *,
        to: Path,
        only: Iterable[str] = (),
        without: Iterable[str] = (),
        watch: Watch | None = None,
    ) -> None:
        """Into that folder, some of it or all but some. Raises Damaged when some of it couldn't be."""
        chosen = [*(f"--include={one}" for one in only), *(f"--exclude={one}" for one in without)]
        patience = self.patience if program.find().version >= _TELLS_HOW_FAR_IT_RESTORED else None
        self._run(["restore", snapshot, "--target", str(to), *chosen], watch=watch, patience=patience)

    def list_files(self, snapshot: str, path: str = "") -> Iterator[Listed]:
        """What lies in that folder of it, the folders above it among them; without one, all that lies anywhere."""
        words = ["ls", "--no-lock", snapshot, *([path] if path else [])]
        for told in self._read(reading.messages, words):
            if told.get("message_type", told.get("struct_type")) == "node" and told.get("type") in _SHOWN:
                yield answers.listed(told)

    def dump_file(self, snapshot: str, path: str) -> Iterator[bytes]:
        """What is in one file. Raises ResticFailed where there is none, and after the last piece if it isn't whole."""
        words = ["dump", "--no-lock", snapshot, path]
        return self._read(reading.pieces, words)

    def dump_folders(self, snapshot: str) -> Iterator[bytes]:
        """All that is in it as one tar archive, streamed: it lies on no disk of ours. Raises as ``dump_file``."""
        words = ["dump", "--no-lock", "--archive", "tar", snapshot, "/"]
        return self._read(reading.pieces, words)

    def check_part(self, part: int, *, of: int) -> None:
        """Read every byte of one part of what lies there; all parts together are everything. Raises Damaged."""
        self._check(f"--read-data-subset={part}/{of}")

    def check_all_data(self) -> None:
        """Read every byte that lies there, and hold it against what was written. Raises Damaged.

        A check that doesn't read the data says nothing of it: restic ends well on a flipped bit then.
        """
        self._check("--read-data")

    def keep(
        self, *, rules: Mapping[str, int | str], tags: Iterable[str] = (), unused: str = "5%"
    ) -> list[str]:
        """Forget what no rule keeps (``{"last": 3}``, ``{"within": "14d"}``) and clear it away; the forgotten ids."""
        words = ["forget", "--prune", f"--max-unused={unused}", "--group-by", "tags", *_tagged(tags)]
        told = self._run([*words, *(f"--keep-{name}={value}" for name, value in rules.items())])
        return [one["id"] for group in told for one in group.get("remove") or ()]

    def forget(self, snapshots: Collection[str], *, unused: str = "5%") -> None:
        """Let go of these, and clear away what only they held; nothing where there are none."""
        if snapshots:
            self._run(["forget", "--prune", f"--max-unused={unused}", *snapshots])

    def let_go(self, snapshots: Collection[str]) -> None:
        """Forget these, and clear away every byte that no snapshot holds, also what an earlier clearing left there.

        restic ends well where the place deletes nothing, so it is looked at afterwards. Raises Refused for what stays.
        """
        self.forget(snapshots, unused="0")
        if self.has_remains():
            self.prune(unused="0")
            if self.has_remains():
                raise Refused
        if snapshots and any(one.id in snapshots for one in self.snapshots()):
            raise Refused

    def has_remains(self) -> bool:
        """Whether something lies there that none of its snapshots holds, and that whoever has the password can read."""
        indexed, blobs = set[str](), set[tuple[str, str]]()
        for index in self._names("index"):
            for pack in json.loads(
                b"".join(self._read(reading.pieces, ["cat", "--no-lock", "index", index]))
            )["packs"]:
                indexed.add(pack["id"])
                blobs |= {(one["type"], one["id"]) for one in pack["blobs"]}
        if not indexed.issuperset(self.packs()):
            return True
        [told] = self._run(["stats", "--no-lock", "--mode", "raw-data"])
        held: int = told.get("total_blob_count", 0)
        return len(blobs) > held

    def add_password(self, new: str, *, label: str) -> None:
        """Let this password open it, too, from now on; ``label`` tells later which one it is."""
        self._run(["key", "add", "--user", "tryggve", "--host", label], seconds=_A_MOMENT, new_password=new)

    def passwords(self) -> list[Password]:
        """What opens it."""
        told = self._run(["key", "list"], seconds=_A_MOMENT)
        return [
            Password(str(one["id"]), str(one["hostName"]), bool(one["current"]))
            for one in told
            if "id" in one
        ]

    def remove_password(self, id: str) -> None:
        """Let that one open it no more; the one in use stays."""
        self._run(["key", "remove", id], seconds=_A_MOMENT)

    def forget_alone(self, snapshot: str, *, seconds: float) -> None:
        """Let go of one, and clear nothing away. Raises Refused where the place forbids it."""
        self._run(["forget", snapshot], seconds=seconds)

    def prune(self, *, unused: str = "5%") -> None:
        """Clear away what no snapshot holds."""
        self._run(["prune", f"--max-unused={unused}"])

    def packs(self) -> list[str]:
        """The names of what holds its data there."""
        return self._names("packs")

    def as_stored(self, pack: str) -> bytes:
        """One of these byte by byte as it lies there. Raises Damaged where that isn't what its name says."""
        words = ["cat", "pack", pack]
        stored = b"".join(self._read(reading.pieces, words))
        if hashlib.sha256(stored).hexdigest() != pack:
            raise Damaged
        return stored

    def free(self) -> None:
        """Take away locks of those who died; another that is at work keeps its own."""
        self._run(["unlock"], seconds=_A_MOMENT)

    def _names(self, kind: str) -> list[str]:
        return b"".join(self._read(reading.pieces, ["list", "--no-lock", kind])).decode().split()

    def _check(self, how: str) -> None:
        try:
            self._run(["check", how])
        except Damaged:
            raise
        except ResticFailed as failed:
            raise (Damaged() if type(failed) is ResticFailed else failed) from None

    def _read(self, how: reading.Reads[_Part], words: Sequence[str]) -> Iterator[_Part]:
        patience = min(self.patience, self.longest)
        return how(words, place=self.place, password=self.password, cache=self.cache, patience=patience)

    def _run(
        self,
        words: Sequence[str],
        *,
        seconds: float = _HOURS,
        given: IO[bytes] | None = None,
        watch: Watch | None = None,
        folder: Path | None = None,
        new_password: str | None = None,
        patience: float | None = None,
    ) -> list[dict[str, Any]]:
        return running.run(
            words,
            place=self.place,
            password=self.password,
            cache=self.cache,
            seconds=min(seconds, self.longest),
            given=given,
            watch=watch,
            folder=folder,
            new_password=new_password,
            patience=patience,
        )


def _tagged(tags: Iterable[str]) -> list[str]:
    wanted = ",".join(sorted(tags))
    return ["--tag", wanted] if wanted else []
