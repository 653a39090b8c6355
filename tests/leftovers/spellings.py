"""A word in every spelling that a program might leave it in."""

import base64
import html
import json
import sys
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

from tryggve.domains.customers.engine.values.folding import fold

# Shorter words occur in ciphertext by chance.
SHORTEST = 6

_STEM = 4


class Needles:
    """Every spelling of some words, to be looked for together."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_stem: dict[int, list[tuple[bytes, str]]] = {}
        for word in words:
            for form in spellings(word):
                stem = int.from_bytes(form[:_STEM], sys.byteorder)
                self._by_stem.setdefault(stem, []).append((form, word))
        self._stems = frozenset(self._by_stem)

    def found_in(self, content: bytes) -> set[str]:
        """The words that stand there in any spelling."""
        # Read once as numbers of four bytes from each alignment, however many spellings there are.
        starts = range(min(_STEM, max(len(content) - _STEM + 1, 0)))
        near = {stem for start in starts for stem in self._stems.intersection(_numbers(content, start))}
        return {word for stem in near for form, word in self._by_stem[stem] if form in content}


def _numbers(content: bytes, start: int) -> memoryview:
    whole = (len(content) - start) // _STEM * _STEM
    return memoryview(content)[start : start + whole].cast("I")


def spellings(word: str) -> set[bytes]:
    """Encodings, folded, escaped for JSON, HTML and addresses, in hex, in base64 at its three alignments."""
    texts = {word, word.lower(), word.upper(), fold(word)}
    encoded = {
        text.encode(encoding, "ignore")
        for text in texts
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
    }
    escaped = {
        form.encode()
        for text in texts
        for form in (json.dumps(text)[1:-1], html.escape(text), quote(text), quote_plus(text))
    }
    wrapped = {text.encode(encoding) for text in (word, fold(word)) for encoding in ("utf-8", "utf-16-le")}
    in_hex = {form for each in wrapped for form in (each.hex().encode(), each.hex().upper().encode())}
    in_base64 = {form for each in wrapped for form in _in_base64(each)}
    return {form for form in encoded | escaped | in_hex | in_base64 if len(form) >= SHORTEST}


def _in_base64(word: bytes) -> Iterator[bytes]:
    for before in range(3):
        shifted = bytes(before) + word
        whole = shifted[: len(shifted) // 3 * 3]
        # The first letters also carry bits of what stands before the word.
        letters = base64.b64encode(whole)[(0, 2, 3)[before] :]
        yield from (letters, letters.replace(b"+", b"-").replace(b"/", b"_"))
