"""How many guesses a password withstands, in bits: the cheapest way to put it together from pieces.

The idea is that of D. L. Wheeler, «zxcvbn: Low-Budget Password Strength Estimation» (USENIX Security 2016). The prices
here are flat, so that four different words always withstand more than what is refused.
"""

from collections.abc import Container, Iterator

from tryggve.accounts.passwords import rows
from tryggve.accounts.passwords.folding import folded, readings

# Fewer are refused. Three words and a digit reach less, four words more.
ENOUGH = 48.0

# One out of some 16,000 = 2^14.
WORD = 14.0
AGAIN = 2.0
CLOSE_BY = 1.0
DIGIT = 3.3
SIGN = 5.0
# More than the 4.7 bits of one letter out of 26: whoever misses the words has left what lists can tell.
LETTER = 8.0

LONGEST_PIECE = 24
# More is not read, so that nobody can keep the computer busy with a long one.
LONGEST_READ = 128
_BETWEEN_WORDS = " -_.,!?"


def bits(password: str, words: Container[str], close_by: Container[str] = ()) -> float:
    """The guesses as a power of two. ``close_by`` is what a guesser tries first here; all words are folded."""
    text = folded(password)[:LONGEST_READ]
    cheapest = [0.0]
    for end in range(1, len(text) + 1):
        ways = (cheapest[start] + price for start, price in _pieces(text, end, words, close_by))
        cheapest.append(min(ways))
    # A known phrase, too, which is longer than a piece and has spaces in it.
    return min(cheapest[-1], WORD) if "".join(filter(str.isalnum, text)) in words else cheapest[-1]


def _pieces(
    text: str, end: int, words: Container[str], close_by: Container[str]
) -> Iterator[tuple[int, float]]:
    """Where the pieces that end here begin, each with its price."""
    yield end - 1, _price_of_a_sign(text, end - 1)
    for start in range(max(0, end - LONGEST_PIECE), end - 1):
        piece = text[start:end]
        read = readings(piece)
        if _stands_before(text, start, end):
            yield start, AGAIN
        if any(reading in close_by for reading in read):
            yield start, CLOSE_BY
        if any(reading in words for reading in read):
            yield start, WORD
        yield from ((start, price) for price in rows.prices(piece))


def _price_of_a_sign(text: str, place: int) -> float:
    sign = text[place]
    if sign.isalpha():
        return LETTER
    if sign.isdecimal():
        return DIGIT
    return 0.0 if sign.isspace() or sign in text[:place] else SIGN


def _stands_before(text: str, start: int, end: int) -> bool:
    """Whether the same piece ends right before, both as whole words: «platform form» and «form forms» are two."""
    piece, before = text[start:end], text[:start].rstrip(_BETWEEN_WORDS)
    if not before.endswith(piece) or before[: -len(piece)][-1:].isalpha():
        return False
    return len(before) == start or not text[end : end + 1].isalpha()
