"""The words around a company's own in its notice and record, in one language."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.calendars import law_files
from tryggve.domains.rights.engine.labels import Group
from tryggve.domains.rights.engine.plain_text import shown
from tryggve.domains.rights.engine.purposes import Purpose


class Phrases:
    """The sentences of a language. Raises FileNotFoundError for another than sv, da and en."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._told = _told(language)

    def say(self, path: str, /, **filled: str) -> str:
        """The sentence at «notice.who.responsible», its places filled; on one line, with a capital letter."""
        return capital(self.bare(path, **filled))

    def bare(self, path: str, /, **filled: str) -> str:
        """The same without the capital letter, for the middle of a sentence."""
        sentence: Any = self._told
        for name in path.split("."):
            sentence = sentence[name]
        return shown(sentence.format_map(filled) if filled else sentence)

    def day(self, on: date) -> str:
        """«3 mars 2026»."""
        dates = self._told["dates"]
        filled = {"day": on.day, "month": dates["months"][on.month - 1], "year": on.year}
        return str(dates["written"].format_map(filled))

    def listed(self, words: Iterable[str]) -> str:
        """«namn, adress och telefonnummer»."""
        found = [word for word in map(shown, words) if word]
        if len(found) < 2:
            return "".join(found)
        lists = self._told["lists"]
        last = lists["also" if any(lists["last"] in word for word in found) else "last"]
        return f"{lists['between'].join(found[:-1])}{last}{found[-1]}"

    def quoted(self, names: Iterable[str]) -> str:
        """Names of purposes as a list, each in quotation marks."""
        mark = self._told["lists"]
        return self.listed(f"{mark['opening']}{name}{mark['closing']}" for name in names)

    def named(self, group: Group, codes: Iterable[str]) -> str:
        """What the codes are called, as a list."""
        return self.listed(labels.word(group, code, language=self.language) for code in codes)

    def word(self, group: Group, code: str) -> str:
        return shown(labels.word(group, code, language=self.language))

    def time_of(self, purpose: Purpose) -> str:
        """Until when its data is kept. Raises UnknownRule."""
        ending = purpose.words.ending
        return labels.time_of(purpose.facts.retention, language=self.language, ending=ending)


def capital(sentence: str) -> str:
    """With a capital letter at its beginning; a lower-case name of the company's own («eBay») too."""
    return sentence[:1].upper() + sentence[1:]


@cache
def _told(language: str) -> Mapping[str, Any]:
    return law_files.read("papers", language)
