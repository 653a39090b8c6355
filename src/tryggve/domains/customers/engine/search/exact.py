from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

_PLACE_BITS = 32
_HASH = (1 << 32) - 1


class Exact:
    """At which places a whole word stands, told by its hash: eight bytes a word, and now and then a place too many.

    The words themselves lie in the lines, with which the caller compares what is found.
    """

    def __init__(self, words: Iterable[tuple[bytes, int]]) -> None:
        self._found = array("Q", sorted((hash(word) & _HASH) << _PLACE_BITS | place for word, place in words))

    def places(self, word: bytes) -> Iterator[int]:
        """Every place of that word, and seldom one more."""
        first = (hash(word) & _HASH) << _PLACE_BITS
        at = bisect_left(self._found, first)
        while at < len(self._found) and self._found[at] - first <= _HASH:
            yield self._found[at] & _HASH
            at += 1
