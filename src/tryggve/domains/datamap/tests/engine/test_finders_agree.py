"""One suite over all that finds words: with every list of the product, and with all that is found by their help."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.find import find
from tryggve.domains.datamap.engine.kinds import KINDS
from tryggve.domains.datamap.engine.text import Text
from tryggve.domains.datamap.engine.words import (
    hyperscan_finder,
    lists,
    meanings,
    re2_finder,
    re_finder,
    secret_words,
    special,
)
from tryggve.domains.datamap.engine.words.said_in_text import said_in
from tryggve.domains.datamap.engine.words.word import Hits, Word, WordFinder, listed
from tryggve.domains.datamap.tests.engine.test_prefilter import CLEAN, HOLDING

Made = Callable[[Sequence[Word]], WordFinder]

BACK_ENDS: Final[Mapping[str, Made]] = {
    "hyperscan": hyperscan_finder.Finder,
    "re2": re2_finder.Finder,
    "re": re_finder.Finder,
}
_LISTED: Final = (*lists.labels(), *lists.special(), *lists.passwords(), *lists.keys(), *secret_words.TOKENS)
_WORDS: Final = sorted({word.strip("*") for word in _LISTED})
_BETWEEN: Final = (
    " ",
    ": ",
    "-",
    ".",
    "_",
    "\n",
    "\t",
    ";",
    ", ",
    "",
    "é",
    "å",
    "9",
    "/",
    "\u00a0",
    "ß",
    "日",
)
_CASES: Final[Sequence[Callable[[str], str]]] = (str, str.lower, str.upper, str.title, str.swapcase)


@dataclass(frozen=True)
class Finders:
    """Those of the product, all made by one back end."""

    labels: Mapping[str, WordFinder]
    secrets: WordFinder
    special: WordFinder

    @property
    def all(self) -> tuple[WordFinder, ...]:
        return (*self.labels.values(), self.secrets, self.special)


@cache
def _finders(back_end: str) -> Finders:
    with pytest.MonkeyPatch.context() as patch:
        for module in (meanings, secret_words, special):
            patch.setattr(module, "Finder", BACK_ENDS[back_end])
        return Finders(
            {about: meanings.finder.__wrapped__(about) for about in (lists.NUMBERS, lists.WORDS)},
            secret_words._finder.__wrapped__(),
            special._finder.__wrapped__(),
        )


@contextmanager
def _forced(back_end: str) -> Iterator[None]:
    made = _finders(back_end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meanings, "finder", made.labels.__getitem__)
        patch.setattr(secret_words, "_finder", lambda: made.secrets)
        patch.setattr(special, "_finder", lambda: made.special)
        yield


def _hits(finder: WordFinder, content: bytes) -> list[tuple[int, int, int]]:
    found = finder.hits(content)
    return list(zip(found.id.tolist(), found.start.tolist(), found.end.tolist(), strict=True))


def _agree_on_hits(content: bytes) -> bool:
    first, *others = ([_hits(finder, content) for finder in _finders(back_end).all] for back_end in BACK_ENDS)
    return all(other == first for other in others)


def _found(content: bytes) -> list[tuple[str, int, bytes]]:
    found = find(Text(content, said_in(content)))
    columns = (column.tolist() for column in (found.kind, found.confidence, found.start, found.end))
    return [(KINDS[kind], sure, content[start:end]) for kind, sure, start, end in zip(*columns, strict=True)]


def _all_found(content: bytes) -> list[list[tuple[str, int, bytes]]]:
    told = []
    for back_end in BACK_ENDS:
        with _forced(back_end):
            told.append(_found(content))
    return told


@st.composite
def texts(draw: st.DrawFn, *, more: Sequence[str] = ()) -> str:
    """Listed words in any case, whole and cut, beside each other in every way that texts have."""
    words = st.tuples(st.sampled_from(_WORDS), st.sampled_from(_CASES)).map(lambda one: one[1](one[0]))
    cut = st.tuples(words, st.integers(1, 6)).map(lambda one: one[0][: one[1]])
    pieces = [words, words, cut, st.text(max_size=4), *([st.sampled_from(more)] * 2 if more else [])]
    several = draw(st.lists(st.tuples(st.one_of(pieces), st.sampled_from(_BETWEEN)), max_size=12))
    return "".join(piece + between for piece, between in several).encode(errors="replace").decode()


@pytest.mark.parametrize("write", _CASES[1:4], ids=["small", "large", "title"])
def test_all_find_every_listed_word(write: Callable[[str], str]) -> None:
    content = "\n".join(write(word) for word in _WORDS).encode()
    assert len(_hits(_finders("hyperscan").labels[lists.NUMBERS], content)) > 100
    assert _agree_on_hits(content)


@settings(max_examples=150)
@given(texts())
def test_all_find_the_same_words_of_every_list(text: str) -> None:
    assert _agree_on_hits(text.encode())


@settings(max_examples=150)
@given(st.lists(st.one_of(texts().map(str.encode), st.binary(max_size=4)), max_size=4).map(b"".join))
def test_all_find_the_same_words_among_any_bytes(content: bytes) -> None:
    assert _agree_on_hits(content)


@pytest.mark.parametrize("value", [*HOLDING, *CLEAN])
def test_the_same_is_found_with_each(value: str) -> None:
    first, *others = _all_found(f"Hej, {value}.\n{value}\n".encode())
    assert others == [first, first]


@settings(max_examples=100, deadline=None)
@given(texts(more=HOLDING))
def test_the_same_is_found_in_any_text_with_each(text: str) -> None:
    first, *others = _all_found(text.encode())
    assert others == [first, first]


def test_forcing_a_back_end_changes_who_is_asked() -> None:
    """Else all of the above would compare one with itself."""
    asked = []

    class Telling:
        def __init__(self, finder: WordFinder) -> None:
            self._finder = finder

        def hits(self, content: bytes) -> Hits:
            asked.append(content)
            return self._finder.hits(content)

    made = _finders("re")
    with _forced("re"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(meanings, "finder", lambda about: Telling(made.labels[about]))
        _found(b"personnr: 5566778899 losenord: sommar")
    assert asked
    assert {type(_finders(back_end).secrets) for back_end in BACK_ENDS} == {*BACK_ENDS.values()}


def test_a_hit_that_is_crossed_by_one_that_is_left_out_stays() -> None:
    words = [listed("e post", 1), listed("post adress", 2), listed("adress lista", 3)]
    for made in BACK_ENDS.values():
        assert [id for id, _start, _end in _hits(made(words), b"e post adress lista")] == [1, 3]
