"""Files are scanned in sealed-off children, a fresh one for each: what one file does to its reader ends with it.

Text in pictures is read by others than the rest: what reads pictures takes several times as much memory, and most
folders hold none.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Final

from tryggve.domains.datamap import walking
from tryggve.domains.datamap.engine.findings import Finding, NotScanned
from tryggve.domains.datamap.engine.reading import ocr
from tryggve.domains.datamap.engine.reading.parts import Reason
from tryggve.domains.datamap.engine.told import NotTold, understood
from tryggve.domains.datamap.walking import CannotRead, File
from tryggve.lib import sandbox
from tryggve.lib.sandbox import Failed, ForkServer, Limits, Parser

_SCAN: Final = sandbox.register(
    "tryggve.domains.datamap.engine.told:tell", rehearsal="tryggve.domains.datamap.engine.told:rehearse"
)
_SCAN_PICTURED: Final = sandbox.register(
    "tryggve.domains.datamap.engine.told:tell_pictured",
    rehearsal="tryggve.domains.datamap.engine.told:rehearse_pictured",
)
Names = Callable[[], Iterable[str]]

_LIMITS: Final = Limits(
    wall_seconds=600, cpu_seconds=600, memory_bytes=2 * 1024**3, output_bytes=256 * 1024**2
)
# What a child dies of, in the words of what wasn't scanned.
_REASONS: Final = {
    "time": "took-too-long",
    "memory": "too-large",
    "output": "too-large",
    "crash": "damaged",
    "broken": "damaged",
}


class Scanner:
    """For one thread. What it needs is loaded with the first file that needs it."""

    def __init__(self, until_the_end: ExitStack, own: Names) -> None:
        self._text = _Loaded(_SCAN, until_the_end, own)
        self._pictures = _Loaded(_SCAN_PICTURED, until_the_end, own)

    def scan(self, file: File, given: AbstractContextManager[bytes | int]) -> Iterator[Finding | NotScanned]:
        """What is in the file, or why nobody looked; what was found before it broke off stays.

        Raises Failed when there is no room for a child, whatever the file.
        """
        try:
            with given as held:
                yield from self._in(file, held)
        except CannotRead as cannot:
            yield NotScanned((), cannot.reason)

    def _in(self, file: File, held: bytes | int) -> Iterator[Finding | NotScanned]:
        """First all but what is in pictures; then, where there are any, that."""
        told, pictures = set[NotScanned](), set[tuple[str, ...]]()
        for one in _answers(self._text.server(), file, held):
            if isinstance(one, NotScanned):
                if one.reason == Reason.NEEDS_OCR and ocr.is_there():
                    pictures.add(one.inside)
                    continue
                told.add(one)
            yield one
        if pictures:
            for one in _answers(self._pictures.server(), file, held):
                is_news = isinstance(one, Finding) or (one.inside in {(), *pictures} and one not in told)
                if is_news:
                    yield one


class _Loaded:
    """A fork server, from when it is first asked for; a new one when that is gone."""

    def __init__(self, parser: Parser, until_the_end: ExitStack, own: Names) -> None:
        self._parser, self._own = parser, own
        self._server: ForkServer | None = None
        self._open = until_the_end.enter_context(ExitStack())

    def server(self) -> ForkServer:
        """Raises Failed."""
        if self._server is None or self._server.is_gone:
            self._open.close()
            names = "\n".join(self._own()).encode()
            self._server = self._open.enter_context(sandbox.fork_server(self._parser, told=names))
        return self._server


def _answers(server: ForkServer, file: File, held: bytes | int) -> Iterator[Finding | NotScanned]:
    try:
        with server.run(held, limits=_LIMITS, arguments=_asked(file)) as told:
            for one in told:
                yield from understood(one)
    except Failed as failed:
        yield NotScanned((), _REASONS[failed.reason])
    except NotTold:
        yield NotScanned((), Reason.DAMAGED)


@contextmanager
def scanner(*, own: Names = tuple) -> Iterator[Scanner]:
    """For the length of the block. ``own``: gives the full names that a firm has on file; it is asked when needed."""
    with ExitStack() as until_the_end:
        yield Scanner(until_the_end, own)


def _asked(file: File) -> dict[str, str]:
    # Only how it ends is told: a name may name somebody, and what a child is asked is no secret.
    return {"name": f"file{walking.ending(file.path)}"}
