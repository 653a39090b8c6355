"""The export as it is written: pieces on their way to a browser, nothing on the disk."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.db import connections

from tryggve.domains.access.services import log as log_services

_PIECE_BYTES = 64 * 1024


def export_in_pieces(*, with_details: bool) -> Iterator[bytes]:
    """What ``log_services.write_export`` writes. The writer waits while nobody reads, and ends when the reader does.

    Raises as it does, at the end: what came before isn't a whole file then.
    """
    reading, writing = os.pipe()
    writer = _Writer(writing, with_details=with_details)
    writer.start()
    try:
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            while piece := pipe.read(_PIECE_BYTES):
                yield piece
    finally:
        writer.join()
    if writer.failure is not None:
        raise writer.failure


class _Writer(threading.Thread):
    def __init__(self, pipe: int, *, with_details: bool) -> None:
        super().__init__(daemon=True)
        self._pipe = pipe
        self._with_details = with_details
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            with os.fdopen(self._pipe, "wb") as out:
                self._write(out)
        except Exception as failure:  # noqa: BLE001 - raised again where it is read, unless the reader has gone
            self.failure = failure
        finally:
            connections.close_all()  # those of this thread

    def _write(self, out: BinaryIO | Path) -> None:
        log_services.write_export(out, with_details=self._with_details)
