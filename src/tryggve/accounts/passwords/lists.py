"""The lists in ``lists/``: ``tools/guessed_words.py`` makes them, ``lists/SOURCES.md`` tells from what."""

import lzma
from pathlib import Path

FOLDER = Path(__file__).parent / "lists"
# Words, names and towns; leaked passwords that these don't explain. Two files, as their licences differ.
FILES = ("words.txt.xz", "leaked.txt.xz")


def packed(words: set[str]) -> bytes:
    """The same bytes for the same words, whatever their order."""
    return lzma.compress("\n".join(sorted(words)).encode(), preset=9 | lzma.PRESET_EXTREME)


def unpacked(data: bytes) -> list[str]:
    return lzma.decompress(data).decode().split("\n")


def guessed_words() -> frozenset[str]:
    """All of both lists, folded.

    Read anew each time: that costs as much computing as the hash of the password that is chosen, and
    it is chosen too rarely to hold 12 MB for it.
    """
    return frozenset(word for name in FILES for word in unpacked((FOLDER / name).read_bytes()))
