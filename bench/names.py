"""How well names of persons are told: token F1 on a split by document, and words a second.

.venv/bin/python -m bench.names ../shared/data/ner               5 parts, each once the unseen one
.venv/bin/python -m bench.names ../shared/data/ner --part 0      one of them
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from tools import labelled_names, train_names
from tools.labelled_names import Labelled
from tryggve.domains.datamap.engine.names import lexicon, persons, recogniser
from tryggve.domains.datamap.engine.names.recogniser import Recogniser
from tryggve.domains.datamap.engine.text import Text

PARTS: Final = 5


@dataclass(slots=True)
class Score:
    """Of words: names found, taken for names wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    words: int = 0
    seconds: float = 0.0

    def add(self, other: "Score") -> None:
        self.right, self.wrong = self.right + other.right, self.wrong + other.wrong
        self.missed, self.words = self.missed + other.missed, self.words + other.words
        self.seconds += other.seconds

    def count(self, said: Sequence[bool], labels: Sequence[str]) -> None:
        self.words += len(labels)
        for is_said, label in zip(said, labels, strict=True):
            is_true = label == labelled_names.PERSON
            self.right += is_said and is_true
            self.wrong += is_said and not is_true
            self.missed += is_true and not is_said

    def as_dict(self) -> dict[str, float]:
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        figures = {"precision": precision, "recall": recall, "f1": f1}
        speed = self.words / self.seconds if self.seconds else 0
        return {name: round(figure, 4) for name, figure in figures.items()} | {
            "names": self.right + self.missed,
            "words_a_second": round(speed),
        }


def score(asked: Recogniser, sentences: Iterable[Labelled]) -> Score:
    """Each sentence by itself, its words as they are given."""
    found = Score()
    for sentence in sentences:
        begin = time.process_time()
        labels = asked.labels(sentence.words)
        found.seconds += time.process_time() - begin
        found.count([label.endswith(labelled_names.PERSON) for label in labels], sentence.labels)
    return found


def score_in_text(asked: Recogniser, sentences: Iterable[Labelled]) -> Score:
    """All of them as one text, a sentence a paragraph, as a scan reads it: where it looks at all, and again."""
    words = [word for sentence in sentences for word in (*sentence.words, "\n\n")]
    labels = [label for sentence in sentences for label in (*sentence.labels, labelled_names.NONE)]
    ends = np.cumsum([len(word.encode()) + 1 for word in words])
    begins = ends - [len(word.encode()) + 1 for word in words]
    text = Text(" ".join(words).encode())
    begin = time.process_time()
    names = persons.persons_in(text, asked=asked)
    seconds = time.process_time() - begin
    is_said = np.searchsorted(names.start, ends - 1) > np.searchsorted(names.end, begins, "right")
    found = Score(seconds=seconds)
    found.count(is_said.tolist(), labels)
    return found


def corpora(folder: Path) -> dict[str, list[Labelled]]:
    common = {name for name, marks in lexicon.shipped().names.items() if marks.isupper() or "F" in marks}
    return {corpus: labelled_names.read(folder, corpus, common) for corpus in labelled_names.FILES}


def trained(sentences: Sequence[Labelled], settings: dict[str, Any] | None = None) -> Recogniser:
    with tempfile.NamedTemporaryFile(suffix=".crfsuite") as file:
        train_names.train(sentences, Path(file.name), settings)
        return recogniser.opened(Path(file.name).read_bytes())


def one_part(texts: dict[str, list[Labelled]], part: int) -> dict[str, dict[str, Score]]:
    """By way of asking and corpus, of a recogniser that learned from all documents but those of that part."""
    unseen = {corpus: [one for one in text if _part(one) == part] for corpus, text in texts.items()}
    seen = [one for text in texts.values() for one in text if _part(one) != part]
    asked = trained(seen)
    ways = {"sentences": score, "text": score_in_text}
    return {
        way: {corpus: measure(asked, text) for corpus, text in unseen.items()}
        for way, measure in ways.items()
    }


def _part(sentence: Labelled) -> int:
    return labelled_names.part_of(sentence.document, PARTS)


def by_language(scores: Iterable[dict[str, Score]]) -> dict[str, Score]:
    """Corpora first, then languages, all parts put together."""
    found = {name: Score() for name in (*labelled_names.FILES, "Swedish", "Danish")}
    for of_part in scores:
        for corpus, one in of_part.items():
            found[corpus].add(one)
            found["Swedish" if corpus in labelled_names.SWEDISH else "Danish"].add(one)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", type=int, choices=range(PARTS))
    asked = parser.parse_args()
    texts = corpora(asked.folder)
    parts = range(PARTS) if asked.part is None else [asked.part]
    found = [one_part(texts, part) for part in parts]
    for way in found[0]:
        for name, of_all in by_language(of_part[way] for of_part in found).items():
            sys.stdout.write(json.dumps({"asked": way, "of": name, **of_all.as_dict()}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
