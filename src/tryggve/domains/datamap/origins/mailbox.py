"""A mailbox by IMAP (RFC 9051): looked at, never written to.

A message is known by its folder, the folder's UIDVALIDITY and its UID: what these name never changes. Folders are
opened by EXAMINE and messages fetched by BODY.PEEK, so that none becomes «seen».
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from fnmatch import fnmatch
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from tryggve.domains.datamap.origins import Unreachable
from tryggve.domains.datamap.origins.imap_access import (
    FAILURES,
    SECONDS,
    STARTTLS,
    TLS,
    Access,
    closed,
    signed_in,
)
from tryggve.domains.datamap.walking import CannotRead, File

__all__ = ["STARTTLS", "TLS", "Access", "Mailbox"]
_LARGEST: Final = 64 * 1024 * 1024
_AT_A_TIME: Final = 500
_RANK: Final = 0
# Every message of a folder once more, and what isn't one's own.
_LEFT_OUT: Final = frozenset({b"\\All", b"\\Noselect", b"\\NonExistent"})
_Answer = TypeVar("_Answer")


class Mailbox:
    """Connected for the length of a ``with``. Raises Unreachable and its kinds there.

    The patterns are for names of folders, upper and lower case alike; with ``look_at`` only such
    folders. ``seconds`` is the longest silence borne.
    """

    def __init__(
        self,
        access: Access,
        *,
        leave_out: Sequence[str] = (),
        look_at: Sequence[str] = (),
        seconds: float = SECONDS,
    ) -> None:
        self._access, self._seconds = access, seconds
        self._leave_out, self._look_at = leave_out, look_at
        self._chosen = ""

    def __enter__(self) -> Self:
        self._client = signed_in(self._access, seconds=self._seconds)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        closed(self._client)

    def folders(self) -> Sequence[str]:
        """The names of those that are looked through. Raises Unreachable."""
        try:
            told = self._client.list_folders()
        except FAILURES:
            raise Unreachable from None
        names = [str(name) for flags, _delimiter, name in told if not _LEFT_OUT.intersection(flags)]
        return [name for name in names if self._is_wanted(name)]

    def files(self) -> Sequence[File]:
        """Every message; a folder that can't be read stands there with the reason."""
        found = [file for name in self.folders() for file in self._messages(name)]
        self.require_there()
        return found

    @contextmanager
    def given(self, file: File) -> Iterator[bytes]:
        if file.refused:
            raise CannotRead(file.refused)
        folder, validity, uid = file.path.removesuffix(".eml").rsplit("/", 2)
        try:
            content = self._twice(lambda: self._content(folder, int(validity), int(uid)))
        except FAILURES:
            raise CannotRead("unreadable") from None
        if content is None:
            raise CannotRead("vanished")
        if len(content) > _LARGEST:
            raise CannotRead("too-large")
        yield content

    def digest(self, file: File) -> str:
        return ""

    def filesystem(self) -> str:
        return ""

    def require_there(self) -> None:
        try:
            self._client.noop()
        except FAILURES:
            raise Unreachable from None

    def _is_wanted(self, folder: str) -> bool:
        is_named = [[fnmatch(folder.lower(), one.lower()) for one in some] for some in self._patterns()]
        left_out, looked_at = map(any, is_named)
        return not left_out and (looked_at or not self._look_at)

    def _patterns(self) -> tuple[Sequence[str], Sequence[str]]:
        return self._leave_out, self._look_at

    def _content(self, folder: str, validity: int, uid: int) -> bytes | None:
        """None where there is no such message any more."""
        if self._validity(folder) != validity:
            return None
        told = self._client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {})
        content = told.get(b"BODY[]")
        return content if isinstance(content, bytes) else None

    def _twice(self, ask: Callable[[], _Answer]) -> _Answer:
        """Lines break in the hours that a large mailbox takes: then once more over a new one."""
        try:
            return ask()
        except FAILURES:
            closed(self._client)
            self._chosen = ""
            self._client = signed_in(self._access, seconds=self._seconds)
            return ask()

    def _messages(self, folder: str) -> Iterator[File]:
        try:
            validity = self._validity(folder)
            uids = self._client.search("ALL")
            for begin in range(0, len(uids), _AT_A_TIME):
                told = self._client.fetch(uids[begin : begin + _AT_A_TIME], ["RFC822.SIZE", "INTERNALDATE"])
                for uid, facts in told.items():
                    yield _message(f"{folder}/{validity}/{uid}.eml", facts)
        except FAILURES:
            yield File(_RANK, folder, 0, 0, "unreadable")

    def _validity(self, folder: str) -> int:
        """Of the folder, which is chosen for reading alone."""
        if folder != self._chosen:
            self._chosen = ""
            self._known = int(self._client.select_folder(folder, readonly=True)[b"UIDVALIDITY"])
            self._chosen = folder
        return self._known


def _message(path: str, facts: dict[bytes, Any]) -> File:
    size, came = int(facts.get(b"RFC822.SIZE", 0)), facts.get(b"INTERNALDATE")
    at = came.replace(tzinfo=came.tzinfo or UTC) if isinstance(came, datetime) else None
    changed_ns = int(at.timestamp()) * 1_000_000_000 if at else 0
    return File(_RANK, path, size, changed_ns, "too-large" if size > _LARGEST else "")
