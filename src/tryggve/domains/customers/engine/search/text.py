from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

SEPARATOR = b"\n"


class Text:
    """A line for each place, from 0, all in one text: what is looked for in all of them is found at once."""

    def __init__(self, lines: Iterable[bytes] = ()) -> None:
        self._text, self._starts = bytearray(SEPARATOR), array("I", [1])
        for line in lines:
            self.add(line)

    def add(self, line: bytes) -> None:
        """One more, which holds no line break."""
        self._text += line
        self._text += SEPARATOR
        self._starts.append(len(self._text))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def line(self, place: int) -> bytes:
        return bytes(self._text[self._starts[place] : self._starts[place + 1] - 1])

    def lines(self) -> Iterator[bytes]:
        return map(self.line, range(len(self)))

    def has(self, piece: bytes) -> bool:
        return piece in self._text

    def holding(self, piece: bytes, places: Iterable[int]) -> Iterator[int]:
        """Those of the places whose lines hold the piece."""
        find, starts = self._text.find, self._starts
        return (at for at in places if find(piece, starts[at], starts[at + 1]) >= 0)

    def holds_at(self, place: int, piece: bytes) -> bool:
        return self._text.find(piece, self._starts[place], self._starts[place + 1]) >= 0

    def begins_at(self, place: int, piece: bytes) -> bool:
        return self._text.startswith(piece, self._starts[place])

    def places(self, pattern: bytes, first: int = 0, last: int | None = None) -> Iterator[int]:
        """Each line that holds the pattern, once, in order; at its start, if the pattern begins with the separator.

        Only those from the first to the last are read, all when none are named.
        """
        find, starts, at_start = self._text.find, self._starts, pattern.startswith(SEPARATOR)
        end = len(self._text) if last is None else starts[last + 1]
        at = find(pattern, starts[first] - 1, end)
        while at >= 0:
            place = bisect_right(starts, at + at_start) - 1
            yield place
            at = find(pattern, starts[place + 1] - 1, end)
