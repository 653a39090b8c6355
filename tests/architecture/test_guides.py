"""The guides say the same in each language, and call a page or a button what it is called there."""

import re
from collections.abc import Iterator

import polib
import pytest

from tools import tree

_GUIDES = tree.ROOT / "docs" / "guide"
_LANGUAGES = ("sv", "da")


def sections(language: str) -> list[str]:
    """What stands under each heading, in their order."""
    return re.split(r"(?m)^## ", (_GUIDES / f"{language}.md").read_text())


def named(section: str) -> list[str]:
    """Pages and buttons: what is bold and begins with a capital letter."""
    bold = (" ".join(one.split()) for one in re.findall(r"\*\*([^*]+)\*\*", section))
    return [one for one in bold if one[0].isupper()]


def words_of(language: str) -> dict[str, set[str]]:
    """What each English sentence of the product is in that language."""
    found: dict[str, set[str]] = {}
    for entry in polib.pofile(str(tree.ROOT / "locale" / language / "LC_MESSAGES" / "django.po")):
        found.setdefault(entry.msgid, set()).add(entry.msgstr)
    return found


def called_otherwise(language: str) -> Iterator[tuple[str, str]]:
    """Heading and name of what the English guide names and the other one doesn't, in that place."""
    words = words_of(language)
    for english, other in zip(sections("en"), sections(language), strict=True):
        there = set(named(other))
        for one in named(english):
            if one in words and words[one].isdisjoint(there):
                yield english.partition("\n")[0], one


@pytest.mark.parametrize("language", _LANGUAGES)
def test_guide_has_as_many_sections_as_the_english_one(language: str) -> None:
    assert len(sections(language)) == len(sections("en")) > 1


@pytest.mark.parametrize("language", _LANGUAGES)
def test_guide_calls_pages_and_buttons_what_they_are_called(language: str) -> None:
    words = words_of(language)
    assert sum(one in words for section in sections("en") for one in named(section)) > 50
    assert list(called_otherwise(language)) == []
