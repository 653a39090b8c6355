"""Words before a secret, and how keys of known services begin."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from tryggve.domains.datamap.engine.words import lists
from tryggve.domains.datamap.engine.words.finder import Finder
from tryggve.domains.datamap.engine.words.word import Hits, Word, WordFinder, listed

# How keys of known services begin; * where the rest follows.
TOKENS: Final[Sequence[str]] = (
    "AKIA*",
    "ASIA*",
    "AIza*",
    "eyJ*",
    "ghp_*",
    "gho_*",
    "ghu_*",
    "ghs_*",
    "ghr_*",
    "github_pat_*",
    "glpat-*",
    "npm_*",
    "pypi-*",
    "rk_live_*",
    "sk_live_*",
    "sk-ant-*",
    "sk-proj-*",
    "whsec_*",
    "xoxa-*",
    "xoxb-*",
    "xoxp-*",
    "xoxr-*",
    "xoxs-*",
    "ya29*",
    "PRIVATE KEY",
)

PASSWORD: Final = 0
KEY: Final = 1
TOKEN: Final = 2


def words_in(content: bytes) -> Hits:
    """The id of each is PASSWORD, KEY or TOKEN."""
    return _finder().hits(content)


@cache
def _finder() -> WordFinder:
    by_id: Mapping[int, Sequence[str]] = {
        PASSWORD: sorted(lists.passwords()),
        KEY: sorted(lists.keys()),
    }
    words = [listed(word, id) for id, several in by_id.items() for word in several]
    return Finder([*words, *(_token(token) for token in TOKENS)])


def _token(text: str) -> Word:
    return listed(text, TOKEN, is_exact=True)
