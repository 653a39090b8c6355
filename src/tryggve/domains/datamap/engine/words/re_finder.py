"""Words found with Python's own ``re``, where nothing else is installed."""

import re
from collections.abc import Sequence

from tryggve.domains.datamap.engine.words import regular_expressions
from tryggve.domains.datamap.engine.words.word import Word


class Finder(regular_expressions.Finder):
    def __init__(self, words: Sequence[Word]) -> None:
        super().__init__(words, re.compile)
