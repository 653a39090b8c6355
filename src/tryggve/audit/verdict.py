"""What a verification of the log found; the same shape as the standalone verifier's."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

Why = Literal[
    "changed",
    "missing",
    "moved",
    "unreadable",
    "tile-changed",
    "checkpoint-forged",
    "shorter-than-checkpoint",
    "not-the-tree-of-checkpoint",
    "epoch-broken",
    "unsequenced",
    "rolled-back",
    "commitment-broken",
]
_SENTENCES: Mapping[Why, StrOrPromise] = {
    "changed": _("Entry %(entry)s isn't what was logged: someone has changed it."),
    "missing": _("An entry of the log has been removed (place %(index)s of part %(epoch)s)."),
    "moved": _("Another entry stands where entry %(entry)s belongs (place %(index)s of part %(epoch)s)."),
    "unreadable": _("A file of part %(epoch)s of the log is missing or damaged: %(file)s."),
    "tile-changed": _(
        "A file of part %(epoch)s of the log was changed; the entries in the database are as logged."
    ),
    "checkpoint-forged": _("A checkpoint of part %(epoch)s of the log isn't signed by this installation."),
    "shorter-than-checkpoint": _(
        "The log has been cut: part %(epoch)s is shorter than a checkpoint says that was kept elsewhere."
    ),
    "not-the-tree-of-checkpoint": _(
        "Part %(epoch)s of the log isn't the one that a checkpoint was signed for."
    ),
    "epoch-broken": _("The first entry of part %(epoch)s of the log doesn't fit the part before it."),
    "unsequenced": _("Entry %(entry)s is old and was never given its place in the log."),
    "rolled-back": _(
        "The database has less of the log than the files beside it: an older copy was put back."
    ),
    "commitment-broken": _("What entry %(entry)s says in words isn't what was logged."),
}
OF_UNKNOWN_KEY = _(
    "A checkpoint that was kept elsewhere is signed with a key that this log doesn't know: the log's keys were "
    "replaced, or the checkpoint is of another log."
)

UNRECORDED_KEY = _(
    "A checkpoint of part %(epoch)s of the log is signed with the key %(key)s, which no entry before it tells of: "
    "someone has added that key to the file «audit/key»."
)


@dataclass(frozen=True)
class FirstBad:
    """The first thing that is wrong: at which place of which epoch, which entry, a code and a sentence."""

    epoch: int
    index: int | None
    entry: int | None
    why: Why
    message: str


@dataclass(frozen=True)
class Stated:
    """The newest checkpoint that the log was held against."""

    epoch: int
    size: int
    root: str
    at: str | None


@dataclass(frozen=True)
class Lost:
    """Leaves ``start`` to before ``stop`` of an epoch that a restore lost."""

    start: int
    stop: int
    epoch: int
    on: date


@dataclass(frozen=True)
class KeyReplaced:
    """Since which entry another key (in hexadecimal digits) may sign the log."""

    entry: int
    epoch: int
    on: date
    key: str


@dataclass(frozen=True)
class Verdict:
    """``entries`` is how many were held against the log before anything bad was found."""

    ok: bool
    entries: int
    checkpoint: Stated | None = None
    first_bad: FirstBad | None = None
    lost_by_restore: tuple[Lost, ...] = ()
    keys_replaced: tuple[KeyReplaced, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """``{"ok", "entries", "checkpoint", "first_bad", "lost_by_restore", "keys_replaced"}``."""
        lost = [
            {"from": one.start, "to": one.stop, "epoch": one.epoch, "on": one.on.isoformat()}
            for one in self.lost_by_restore
        ]
        stated = asdict(self.checkpoint) if self.checkpoint else None
        bad = asdict(self.first_bad) if self.first_bad else None
        return {
            "ok": self.ok,
            "entries": self.entries,
            "checkpoint": stated,
            "first_bad": bad,
            "lost_by_restore": lost,
            "keys_replaced": [asdict(one) | {"on": one.on.isoformat()} for one in self.keys_replaced],
        }


class Broken(Exception):
    """Something is wrong with the log; the rest isn't looked at."""

    def __init__(
        self,
        why: Why,
        *,
        epoch: int,
        index: int | None = None,
        entry: int | None = None,
        file: str = "",
        key: str = "",
        sentence: StrOrPromise | None = None,
    ) -> None:
        super().__init__(why)
        facts = {"epoch": epoch, "index": index, "entry": entry, "file": file, "key": key}
        self.first_bad = FirstBad(epoch, index, entry, why, str(sentence or _SENTENCES[why]) % facts)
