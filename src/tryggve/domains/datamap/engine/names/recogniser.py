"""A linear-chain conditional random field that tells names of persons in a sentence.

Lafferty, McCallum, Pereira: Conditional Random Fields (ICML 2001); the program is CRFsuite by N. Okazaki.
``python -m tools.train_names`` makes the model.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Final

import pycrfsuite

from tryggve.domains.datamap.engine.names import lexicon
from tryggve.domains.datamap.engine.names.features import Features

MODEL: Final = "persons.crfsuite"
FIRST_OF_NAME: Final = "B-PER"
REST_OF_NAME: Final = "I-PER"
NO_NAME: Final = "O"


class Model:
    """``content``: as CRFsuite writes it."""

    def __init__(self, content: bytes) -> None:
        # The tagger makes no copy: without these bytes it would read what the memory holds next.
        self._content = content
        self.tagger = pycrfsuite.Tagger()
        self.tagger.open_inmemory(content)


class Recogniser:
    """Labels words of sentences; one for each thread."""

    def __init__(self, model: Model, features: Features) -> None:
        self.features = features
        self.model = model

    def labels(self, words: Sequence[str]) -> list[str]:
        """One for each word of a sentence: FIRST_OF_NAME, REST_OF_NAME or another."""
        labels = [NO_NAME] * len(words)
        for begin, end in self.features.stretches(words):
            labels[begin:end] = self.model.tagger.tag(self.features.of(words, begin, end))
        return labels

    def knowing(self, marks: Mapping[str, str]) -> "Recogniser":
        """One that knows these names, too: words in small letters → their marks."""
        return Recogniser(self.model, self.features.knowing(marks))


def opened(model: bytes) -> Recogniser:
    return Recogniser(Model(model), Features(lexicon.shipped()))


@lru_cache(maxsize=1)
def shipped() -> Recogniser:
    return opened(resources.files(__package__).joinpath(MODEL).read_bytes())
