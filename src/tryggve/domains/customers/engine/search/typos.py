"""Words that somebody may have meant who typed another: letters missing, too many, wrong or in the wrong order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tryggve.domains.customers.engine.search.lines import holds, words_of

_SHORTEST, _LONG = 4, 8
_MOST = 20
_AT = b"@"
_APART = b"\n"

Near = dict[bytes, int]  # words that were perhaps meant, and how many slips lie between
Meant = dict[bytes, Near]  # the same for each word that was typed


class Vocabulary:
    """Distinct words, apart by their length, which a slip changes by two at most."""

    def __init__(self, words: Iterable[bytes]) -> None:
        by_length: dict[tuple[bool, int], list[bytes]] = defaultdict(list)
        for word in words:
            by_length[_AT in word, len(_text(word))].append(word)
        self._by_length = {length: _APART.join(some) for length, some in by_length.items()}
        self._longest = max((length for _is_address, length in self._by_length), default=0)

    def near(self, typed: bytes) -> Near:
        """The words that were perhaps meant, each with how many slips lie between: the nearest, not the word itself.

        A slip is a letter missing, extra or wrong, or two neighbours the wrong way round (optimal string alignment,
        Boytsov 2011). Words from four letters on may hold one, from eight on two, numbers none. What is only
        the beginning of a word counts too, when its first letter is right.
        """
        term = _text(typed)
        slips = slips_in(term)
        if not slips:
            return {}
        found = dict(self._whole(term, slips))
        for word, distance in self._begun(term, slips):
            found[word] = min(distance, found.get(word, distance))
        found.pop(term, None)
        best = sorted(found.items(), key=lambda one: (one[1], abs(len(one[0]) - len(term)), one[0]))
        return {word.encode(errors="surrogatepass"): distance for word, distance in best[:_MOST]}

    def _whole(self, term: str, slips: int) -> Iterator[tuple[str, int]]:
        for length in range(len(term) - slips, len(term) + slips + 1):
            for is_address in (False, True):
                yield from _within(slips, term, self._words(length, is_address=is_address))

    def _begun(self, term: str, slips: int) -> Iterator[tuple[str, int]]:
        """Nobody types an address half and wrong as often as a name: those count whole only."""
        for length in range(len(term) + 1, self._longest + 1):
            words = [word for word in self._words(length, is_address=False) if word[0] == term[0]]
            beginnings: dict[str, list[str]] = defaultdict(list)
            for word in words:
                for end in (len(term) - 1, len(term), len(term) + 1):
                    beginnings[word[:end]].append(word)
            for beginning, distance in _within(slips, term, list(beginnings)):
                for word in beginnings[beginning] if distance else ():
                    yield word, distance

    def _words(self, length: int, *, is_address: bool) -> list[str]:
        words = self._by_length.get((is_address, length))
        return [] if words is None else _text(words).split("\n")


def slips_between(terms: list[bytes], meant: Meant, parts: list[bytes]) -> int | None:
    """How many slips lie between what was typed and what a customer is found by; None when it is something else."""
    count, words = 0, words_of(parts)
    for term in terms:
        if not holds(parts, term):
            nearest = min((meant[term][word] for word in words if word in meant[term]), default=None)
            if nearest is None:
                return None
            count += nearest
    return count


def slips_in(term: str) -> int:
    """How many slips somebody may have made in a word of that length."""
    if len(term) < _SHORTEST or not any(map(str.isalpha, term)):
        return 0
    return 1 if len(term) < _LONG else 2


def _within(slips: int, term: str, words: list[str]) -> Iterator[tuple[str, int]]:
    found = process.extract(term, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
    for word, distance, _place in found:
        yield word, int(distance)


def _text(word: bytes) -> str:
    return word.decode(errors="surrogatepass")
