"""A parser for the sandbox that reads one file, as the scanner's will: see test_sealed_reading."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

# Before numpy: its library of linear algebra starts a thread for each processor.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from tryggve.domains.datamap.engine import reading
from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import (
    archives,
    contacts_and_calendars,
    mail,
    mbox,
    ocr,
    outlook,
    pdf,
    pictures,
    seven_zip,
    sqlite,
)
from tryggve.domains.datamap.engine.reading.parts import HeldBytes, Limits

_MODULES = (archives, contacts_and_calendars, mail, mbox, ocr, outlook, pdf, pictures, seven_zip, sqlite)


def rehearse() -> None:
    for module in _MODULES:
        module.rehearse()
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise AssertionError("a second thread would not be sealed off")


def read(source: BinaryIO, name: str) -> Iterator[Any]:
    for found in reading.read(HeldBytes(source.read()), name, Limits()):
        if isinstance(found, NotScanned):
            yield {"inside": found.inside, "reason": found.reason}
        else:
            yield {"inside": found.inside, "content": found.content.decode(), **found.place.where(0, 1)}
