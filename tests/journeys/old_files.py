"""What lies on an old disk of a small company: a list from a fair and its copy, an offer, and many letters."""

from collections.abc import Iterator
from pathlib import Path

LETTERS = 800
FAIR = "Mässan 2019.csv"
COPY = "Mässan 2019 (kopia).csv"
OFFER = "Offert Åkerström.txt"
_OFFER = """Offert till Cilla Åkerström

Vi bygger om köket för 84 000 kr. Svara till oss senast fredag.
E-post: {email}
Personnummer: 19121212-1212
"""


def write_in(folder: Path, *, of: str) -> None:
    """``of`` is the address of the customer whom three of them name."""
    for name, text in _files(of):
        (folder / name).write_text(text)


def _files(of: str) -> Iterator[tuple[str, str]]:
    people = [
        f"Besökare Nummer{number};besokare{number}@example.se;070-174 06 {number:02}" for number in range(40)
    ]
    rows = "\n".join(["Namn;E-post;Telefon", f"Cilla Åkerström;{of};070-174 06 99", *people])
    yield FAIR, rows
    yield COPY, rows
    yield OFFER, _OFFER.format(email=of)
    for number in range(LETTERS):
        yield f"brev {number:04}.txt", f"Hej! Tack för ert brev nummer {number}. Vi ses på torsdag.\n"
