"""What is known about each file: lines of JSON, read again by whoever judges a scan.

``{"path", "kind", "value", "text", "where", "near_miss", "optional"}`` for what is planted, ``{"path", "not_scanned",
"reason"}`` for a file that nobody can look into, ``{"path", "innocent"}`` for one whose content nobody has labelled:
no number of a person stands in it, addresses of mail and names of authors may.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.mess.values import Planted

NAME = "truth.jsonl"


@dataclass(frozen=True)
class File:
    """``reason``: why it can't be read; none if it can."""

    path: str
    content: bytes
    planted: Iterable[Planted] = ()
    reason: str = ""
    is_innocent: bool = False

    def lines(self) -> Iterator[Mapping[str, object]]:
        if self.reason:
            yield {"path": self.path, "not_scanned": True, "reason": self.reason}
        if self.is_innocent:
            yield {"path": self.path, "innocent": True}
        for planted in self.planted:
            value = planted.value
            yield {
                "path": self.path,
                "kind": value.kind,
                "value": value.value,
                "text": value.text,
                "where": planted.where,
                "near_miss": value.is_near,
                "optional": value.is_optional,
            }


@dataclass
class Truth:
    """As read from the file. ``planted``: lines by path."""

    planted: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    innocent: set[str] = field(default_factory=set)


def write(folder: Path, files: Iterable[File]) -> None:
    """Each file below ``folder/mess``, and what is true of them beside it."""
    with (folder / NAME).open("w", encoding="utf-8") as out:
        for file in files:
            place = folder / "mess" / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.content)
            out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in file.lines())


def read(path: Path) -> Truth:
    truth = Truth()
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if "not_scanned" in told:
            truth.unreadable[told["path"]] = told["reason"]
        elif "innocent" in told:
            truth.innocent.add(told["path"])
        else:
            truth.planted.setdefault(told["path"], []).append(told)
    return truth
