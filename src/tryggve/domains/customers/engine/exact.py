from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator


class Exact:
    """At which places a whole word stands, told by its hash: twelve bytes a word, and now and then a place too many.

    The words themselves lie in the lines, with which the caller compares what is found.
    """

    def __init__(self, words: Iterable[tuple[bytes, int]]) -> None:
        in_order = sorted((hash(word), place) for word, place in words)
        self._hashes = array("q", [number for number, _place in in_order])
        self._places = array("L", [place for _number, place in in_order])

    def places(self, word: bytes) -> Iterator[int]:
        """Every place of that word, and seldom one more."""
        number = hash(word)
        at = bisect_left(self._hashes, number)
        while at < len(self._hashes) and self._hashes[at] == number:
            yield self._places[at]
            at += 1
