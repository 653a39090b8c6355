"""The first row of a table: which label each of its columns has."""

import csv
import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.runs import Codes
from tryggve.domains.datamap.engine.words import meanings

_DELIMITERS: Final = "\t;|,"
_LONGEST: Final = 1 << 15
_MOST_OF_CELL: Final = 3
_VALUE: Final = re.compile(r"\d{5}|\d[ -]\d{4}|@")
_ASIDE: Final = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_HUMP: Final = re.compile(r"(?<=[a-zåäöæø])(?=[A-ZÅÄÖÆØ])")


@dataclass(frozen=True, slots=True)
class Heading:
    """``delimiter``: the byte between cells, None if a row is one cell. ``labels``: by column the row of its label
    in ``meanings``, 0 for none."""

    delimiter: int | None
    labels: Codes


def heading_of(line: bytes, fewest: int = 1) -> Heading | None:
    """None if the line holds values, or fewer columns than that have a label."""
    if len(line) > _LONGEST:
        return None
    text = line.decode(errors="replace").rstrip("\r\n").replace("\r", " ")  # which ends the csv module's row
    delimiter = max(_DELIMITERS, key=text.count)
    cells = next(csv.reader([text], delimiter=delimiter), [])
    if not cells or any(map(_VALUE.search, cells)):
        return None
    labels = np.array(
        _labels([_HUMP.sub(" ", _ASIDE.sub("", cell)).strip(" :*.") for cell in cells]), np.uint8
    )
    is_table = len(cells) > 1
    if np.count_nonzero(labels) < min(fewest, len(cells)):
        return None
    return Heading(ord(delimiter) if is_table else None, labels)


def _labels(cells: list[str]) -> list[int]:
    """Of each cell the first of the weightiest labels, of those that are a third of what stands there."""
    written = [cell.encode() for cell in cells]
    begin = np.cumsum([0, *(len(cell) + 1 for cell in written[:-1])])
    hits = meanings.hits(b"\n".join(written))
    found = [0] * len(cells)
    weights = meanings.weights()
    share = 1 if len(cells) == 1 else _MOST_OF_CELL
    for id, start, end in zip(hits.id.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True):
        cell = int(np.searchsorted(begin, start, side="right")) - 1
        is_most = (end - start) * share >= len(written[cell])
        if is_most and weights[id] > weights[found[cell]]:
            found[cell] = id
    return found
