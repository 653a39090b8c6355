"""The files of an old disk, few enough to be looked through while somebody waits."""

import os
from collections.abc import Iterator
from pathlib import Path

_PEOPLE = range(40)
_IN_2019 = 1_554_000_000


def write_in(folder: Path, *, of: str) -> None:
    """A list and its copy, a paper that names the customer with this address, and what nobody can read."""
    for name, content in _files(of):
        (folder / name).write_bytes(content)
        if "2019" in name:
            os.utime(folder / name, (_IN_2019, _IN_2019))


def _files(of: str) -> Iterator[tuple[str, bytes]]:
    rows = [f"Besökare Nummer{one};besokare{one}@example.se;070-174 06 {one:02}" for one in _PEOPLE]
    listed = "\n".join(["Namn;E-post;Telefon", *rows]).encode()
    yield "Mässan 2019.csv", listed
    yield "Mässan 2019 (kopia).csv", listed
    paper = f"Patientjournal\nDiagnos: diabetes\nPersonnummer: 19121212-1212\nE-post: {of}\n"
    for name in ("Journal.txt", "Journal gammal.txt"):
        yield name, paper.encode()
    yield "Löner.zip", b"PK\x03\x04 and nothing else"
