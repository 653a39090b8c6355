"""Words and signs of a text, cut as the texts are on which the recogniser learned, and the sentences they make up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      [\w.+-]+@[\w-]+(?:\.[\w-]+)*                                     # a mail address
    | (?:[Dd]r|[Hh]r|[Ff]r|[Mm]rs?|[Mm]s|[Pp]rof|[Dd]oc|[Aa]dv|[Cc]iv|[Ii]ng|[Ss]t)\.   # a title cut short
    | [^\W\d_]\.(?=\s?[^\W\d_])                                        # an initial
    | \d+(?:[.,:]\d+)*(?:-\w+)*
    | \w+(?:[-.:'´’&]\w+)*(?:-(?!\w))?
    | \n\s* | \t+
    | [^\w\s]
    """,
    re.VERBOSE,
)
_ENDS: Final = frozenset(".!?")
_CELL_ENDS: Final = frozenset("\t|")
# A line that was broken because it was full is as long as this; one in a list or an address is shorter.
_FULL_LINE: Final = 45
_LONGEST_SENTENCE: Final = 200


@dataclass(slots=True)
class Sentence:
    """``start`` and ``end`` of each word, in letters."""

    words: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)


def sentences(text: str) -> Iterator[Sentence]:
    """A cell of a table, a heading and a line of an address are sentences, too."""
    sentence, line_begins = Sentence(), 0
    for found in _TOKEN.finditer(text):
        word, start = found[0], found.start()
        is_line_end = word[0] == "\n"
        if word[0] in _CELL_ENDS or (is_line_end and _ends_here(text, found, start - line_begins)):
            if sentence.words:
                yield sentence
            sentence = Sentence()
        elif not is_line_end:
            if sentence.words and _is_over(sentence, word):
                yield sentence
                sentence = Sentence()
            sentence.words.append(word)
            sentence.start.append(start)
            sentence.end.append(found.end())
        if is_line_end:
            line_begins = found.end()
    if sentence.words:
        yield sentence


def _ends_here(text: str, line_end: re.Match[str], line_length: int) -> bool:
    """A line that is full goes on in the next one, unless that begins as a sentence does."""
    goes_on = text[line_end.end() : line_end.end() + 1].islower()
    return line_length < _FULL_LINE or line_end[0].count("\n") > 1 or not goes_on


def _is_over(sentence: Sentence, word: str) -> bool:
    is_after_stop = sentence.words[-1] in _ENDS and not word[0].islower() and word not in _ENDS
    return is_after_stop or len(sentence.words) >= _LONGEST_SENTENCE
