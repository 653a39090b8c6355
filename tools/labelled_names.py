"""Texts in which names of persons are labelled, to learn from: three files of ``shared/data/ner``.

Two of the three tell no documents, their sentences are shuffled. Sentences that share a rare name of a person are
taken for one document then, so that no such name is both learned and asked for.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILES: Final = {
    "klintan": "sv-klintan-train.txt",
    "talbanken": "sv-uner-talbanken-train.iob2",
    "ddt": "da-uner-ddt-train.iob2",
}
SWEDISH: Final = ("klintan", "talbanken")
DANISH: Final = ("ddt",)
NONE: Final = "O"
PERSON: Final = "PER"
_LABELS: Final = {PERSON, "ORG", "LOC", "MISC"}
_SHORTEST_RARE: Final = 4
_SOFT_HYPHEN: Final = "\u00ad"
_NEW_DOCUMENT: Final = "# newdoc id = "


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence; ``labels``: PER, ORG, LOC, MISC or O for each word."""

    document: str
    words: tuple[str, ...]
    labels: tuple[str, ...]


def read(folder: Path, corpus: str, common_names: Collection[str] = ()) -> list[Labelled]:
    """The sentences of a corpus, a key of FILES. ``common_names`` don't make a document of two sentences."""
    lines = (folder / FILES[corpus]).read_text("utf-8").split("\n")
    found = list(_sentences(lines, in_columns=FILES[corpus].endswith(".iob2")))
    if not any(sentence.document for sentence in found):
        found = _by_shared_names(found, common_names)
    return [Labelled(f"{corpus} {one.document}", one.words, one.labels) for one in found]


def part_of(document: str, parts: int) -> int:
    """Which of that many parts a document belongs to: the same one each time."""
    return int.from_bytes(hashlib.sha256(document.encode()).digest()[:4]) % parts


def _sentences(lines: Sequence[str], *, in_columns: bool) -> Iterator[Labelled]:
    document = ""
    words: list[str] = []
    labels: list[str] = []
    for line in [*lines, ""]:
        if line.startswith(_NEW_DOCUMENT):
            document = line.removeprefix(_NEW_DOCUMENT)
        elif not line.strip():
            if words:
                yield Labelled(document, tuple(words), tuple(labels))
            words, labels = [], []
        elif not line.startswith("# "):
            *word, label = line.split("\t")[1:3] if in_columns else line.split()
            words.extend(part.replace(_SOFT_HYPHEN, "") or part for part in word)
            labels.extend([_label(label)] * len(word))


def _label(written: str) -> str:
    label = written.rpartition("-")[2]
    return label if label in _LABELS else NONE


def _by_shared_names(sentences: Sequence[Labelled], common_names: Collection[str]) -> list[Labelled]:
    first_of = list(range(len(sentences)))

    def root(number: int) -> int:
        while first_of[number] != number:
            number = first_of[number]
        return number

    seen: dict[str, int] = {}
    for number, sentence in enumerate(sentences):
        for word, label in zip(sentence.words, sentence.labels, strict=True):
            if label == PERSON and len(word) >= _SHORTEST_RARE and word not in common_names:
                other = seen.setdefault(_nominative(word), number)
                first_of[max(root(number), root(other))] = min(root(number), root(other))
    return [Labelled(str(root(n)), one.words, one.labels) for n, one in enumerate(sentences)]


def _nominative(word: str) -> str:
    word = word.rstrip("'’")
    return word[:-1] if word.endswith("s") and len(word) > _SHORTEST_RARE + 1 else word
