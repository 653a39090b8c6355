"""Words found with RE2, whose time grows with the text alone."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

from tryggve.domains.datamap.engine.words import regular_expressions
from tryggve.domains.datamap.engine.words.word import Word

# It has no type hints.
_RE2: Final[Any] = import_module("re2")


class Finder(regular_expressions.Finder):
    def __init__(self, words: Sequence[Word]) -> None:
        super().__init__(words, _compiled)


def _compiled(expression: bytes) -> regular_expressions.Expression:
    options = _RE2.Options()
    options.encoding = _RE2.Options.Encoding.LATIN1
    options.longest_match = True
    options.max_mem = 64 << 20
    compiled: regular_expressions.Expression = _RE2.compile(expression, options)
    return compiled
