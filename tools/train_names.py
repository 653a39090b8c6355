"""Trains the recogniser of persons' names, the same bytes each time.

``python -m tools.train_names FOLDER`` wants in FOLDER the files of ``shared/data/ner``. The texts go into no
repository; the model does, with the sources that NOTICE.md beside it tells of.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pycrfsuite

from tools import labelled_names, tree
from tools.labelled_names import Labelled
from tryggve.domains.datamap.engine.names import lexicon, recogniser
from tryggve.domains.datamap.engine.names.features import Features

TARGET: Final = tree.ROOT / "src/tryggve/domains/datamap/engine/names" / recogniser.MODEL
# Found by the measurement in bench/names.py. L-BFGS begins at zero and draws no lots: no seed is needed.
SETTINGS: Final = {"c1": 0.3, "c2": 0.1, "max_iterations": 90, "feature.possible_transitions": True}


def train(
    sentences: Iterable[Labelled], target: Path, settings: dict[str, float | bool] | None = None
) -> None:
    """Write the model to ``target``."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(settings or SETTINGS)
    features = Features(lexicon.shipped())
    for sentence in sentences:
        labels = list(_with_beginnings(sentence.labels))
        for begin, end in features.stretches(sentence.words):
            trainer.append(features.of(sentence.words, begin, end), labels[begin:end])
    trainer.train(str(target))


def _with_beginnings(labels: Sequence[str]) -> Iterator[str]:
    """``B-`` at the first word of a name, ``I-`` at the others."""
    before = labelled_names.NONE
    for label in labels:
        if label == labelled_names.NONE:
            yield label
        else:
            yield f"{'I' if label == before else 'B'}-{label}"
        before = label


def everything(folder: Path) -> list[Labelled]:
    """Raises OSError."""
    return [one for corpus in labelled_names.FILES for one in labelled_names.read(folder, corpus)]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--to", type=Path, default=TARGET)
    asked = parser.parse_args()
    train(everything(asked.folder), asked.to)
    print(f"{asked.to}: {asked.to.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
