"""Files within a copy as a page shows them: each with the hidden name that its address carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tryggve.domains.backups import opaque
from tryggve.domains.backups.restic import Listed
from tryggve.domains.backups.selectors.files import Listing


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a folder; ``hidden`` is its whole path as an address may carry it."""

    name: str
    path: str
    hidden: str
    is_folder: bool
    size: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A folder, or what was found; ``above`` leads from the firm's own folder down to this one."""

    place_title: str
    above: Sequence[tuple[str, str]]
    entries: Sequence[Entry]
    has_more: bool


def told(listing: Listing) -> Told:
    above = [
        (_name(path, is_root=not number), opaque.hidden(path)) for number, path in enumerate(listing.above)
    ]
    return Told(listing.place_title, above, [entry(one) for one in listing.files], listing.has_more)


def entry(one: Listed) -> Entry:
    return Entry(one.name, one.path, opaque.hidden(one.path), one.is_folder, one.size, one.changed_at)


def download_name(name: str) -> str:
    """What a browser may be told that it is called: a name on Linux may hold line breaks."""
    return "".join(letter if letter.isprintable() else "_" for letter in name)


def _name(path: str, *, is_root: bool) -> str:
    return path if is_root else path.rpartition("/")[2]
