"""What a customer is found by, as one line of folded text, and what somebody typed, as words to look for in it.

Text is kept as UTF-8: one name in another alphabet must not make every letter four bytes wide.
"""

from collections.abc import Iterator
from itertools import groupby

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.values import alphabet
from tryggve.domains.customers.engine.values.folding import fold
from tryggve.domains.customers.engine.values.phones import Country, phone_key

BORDER = b"\xff"  # never part of UTF-8
NAME, WORDS, PHONES, NUMBERS = range(4)

_NUMBER = frozenset("0123456789+-()./ ")


def line_of(details: Details, country: Country) -> bytes:
    """Name, other words, telephone numbers, hashes of identity numbers, each word after a space; then the name's place
    in the alphabet, which is left out where it would be the name again, as it is for most.
    """
    title = details.title
    name, place = (" ".join(text.split()) for text in (fold(title), alphabet.place(title, country)))
    words = " ".join(fold(" ".join((details.organisation, *details.emails, *details.tags))).split())
    phones = " ".join(filter(None, (phone_key(phone, country) for phone in details.phones)))
    parts = [_after_a_space(text) for text in (name, words, phones, " ".join(details.number_tags))]
    return BORDER.join(parts if place == name else [*parts, _after_a_space(place)])


def place_of(line: bytes) -> bytes:
    """Where in the alphabet its customer stands."""
    parts = line.split(BORDER)
    return parts[-1] if len(parts) > NUMBERS + 1 else parts[NAME]


def parts_of(line: bytes) -> list[bytes]:
    """Name, words and telephone numbers."""
    return line.split(BORDER, NUMBERS)[:NUMBERS]


def numbers_of(line: bytes) -> list[bytes]:
    """The hashes of identity numbers."""
    return line.split(BORDER)[NUMBERS].split()


def words_of(parts: list[bytes]) -> list[bytes]:
    """The words in which somebody can mistype a letter; telephone numbers have none."""
    return parts[NAME].split() + parts[WORDS].split()


def holds(parts: list[bytes], term: bytes) -> bool:
    """Whether that piece of a word occurs in what a customer is found by."""
    return term in parts[NAME] or term in parts[WORDS] or term in parts[PHONES]


def rank(parts: list[bytes], term: bytes) -> int:
    """The lower the better: the name begins so, a word of it, another word; it occurs in the name, or elsewhere."""
    begins = b" " + term
    if parts[NAME].startswith(begins):
        return 0
    if begins in parts[NAME]:
        return 1
    if begins in parts[WORDS] or begins in parts[PHONES]:
        return 2
    return 3 if term in parts[NAME] else 4


def readings(text: str, country: Country) -> list[list[bytes]]:
    """What was typed, in words: once with telephone numbers taken for such however written, once to the letter."""
    words = text.split()
    literal = [term for word in words if (term := folded(word))]
    numbers = [term for word in _with_numbers_whole(words) if (term := _term(word, country))]
    both = [literal] if numbers == literal else [numbers, literal]
    return [reading for reading in both if reading]


def folded(word: str) -> bytes:
    """The form of a typed word that lines are searched for."""
    return _utf8(" ".join(fold(word).split()))


def _with_numbers_whole(words: list[str]) -> Iterator[str]:
    """The same words; neighbours that can be parts of one telephone number are one."""
    for is_number, some in groupby(words, key=_NUMBER.issuperset):
        if is_number:
            yield " ".join(some)
        else:
            yield from some


def _term(word: str, country: Country) -> bytes:
    if _NUMBER.issuperset(word) and sum(map(str.isdigit, word)) > 2:
        return _utf8(phone_key(word, country))
    return folded(word)


def _after_a_space(text: str) -> bytes:
    return _utf8(f" {text}") if text else b""


def _utf8(text: str) -> bytes:
    # What a terminal passes on that is no text at all (half a surrogate pair) is nobody's name, and no error.
    return text.encode(errors="surrogatepass")
