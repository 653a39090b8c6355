"""What stands where a secret would: examples, masks, variables, code."""

import math
import re
from collections import Counter
from typing import Final

from tryggve.domains.datamap.engine.words import lists

_SHORTEST_KEY: Final = 16
# Bits per sign. Hexadecimal comes to nearly 4, words and «0123…»-like fillings of the same length to less than 3.
_LEAST_ENTROPY: Final = 3.0
_MASK: Final = re.compile(r"[*•.x#?_\-]+|(.)\1+", re.IGNORECASE)
_VARIABLE: Final = re.compile(r"\$[A-Za-z_{(].*|.*(?:\$\{|\{\{|<%|%\().*|%[A-Za-z_]+%?|<.*>?|\[.*\]?|\{.*\}?")
_CODE: Final = re.compile(r"[A-Za-z_][\w.]*[(\[].*|[A-Za-z_]+(?:\.[A-Za-z_]+)+|@[\w/.]+")
_EXAMPLE: Final = re.compile(
    r"(?:your|my|the|some|new|old|change|insert|enter|ange|ditt|din|indtast|skriv|syötä|example|exempel|eksempel|dummy"
    r"|sample|test(?=$|[_-])|replace|todo|tbd|fixme|redacted|removed|hidden|masked|placeholder|xxx)[\w.-]*",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"[a-z_-]*(?:pass(?:word|wd|phrase)?|secret|token|key|pwd)[a-z_-]*", re.IGNORECASE)
_DIGIT: Final = re.compile(rb"[0-9]")
_LETTER: Final = re.compile(rb"[A-Za-z]")
_NOT_VALUES: Final = (
    "none null nil true false undefined string str text char varchar bytes required optional empty unknown saknas"
    " mangler puuttuu invalid incorrect wrong expired missing yes no ja nej nei"
)
_WORDS: Final = frozenset(word for word in lists.passwords() | lists.keys() if " " not in word)


def is_placeholder(value: bytes) -> bool:
    """Whether nobody would get in anywhere with it."""
    text = value.decode(errors="replace")
    if any(shape.fullmatch(text) for shape in (_MASK, _VARIABLE, _CODE, _EXAMPLE, _NAME)):
        return True
    return text.lower() in _NOT_VALUES.split() or text.lower() in _WORDS


def is_random(value: bytes) -> bool:
    """Whether it looks drawn by a machine: long, letters and digits, its signs spread (Shannon's entropy)."""
    has_both = bool(_DIGIT.search(value) and _LETTER.search(value))
    return len(value) >= _SHORTEST_KEY and has_both and entropy(value) >= _LEAST_ENTROPY


def entropy(value: bytes) -> float:
    """In bits per sign."""
    shares = [count / len(value) for count in Counter(value).values()]
    return -sum(share * math.log2(share) for share in shares)
