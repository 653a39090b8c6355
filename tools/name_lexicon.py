"""Makes the lexicon that names of persons are told by, the same bytes each time.

``python -m tools.name_lexicon FOLDER`` wants in FOLDER what this brings there:
``pip download --no-deps --dest FOLDER wordfreq==3.1.1 faker==40.54.0``.
"""

import ast
import gzip
import io
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools import tree, word_sources
from tryggve.domains.datamap.engine.names import lexicon
from tryggve.domains.datamap.engine.names.lexicon import Lexicon

TARGET = tree.ROOT / "src/tryggve/domains/datamap/engine/names" / lexicon.FILE
NORDIC = ("da_DK", "fi_FI", "no_NO", "sv_SE")
ELSEWHERE = (
    *(
        "de_DE",
        "en_GB",
        "en_US",
        "es_ES",
        "et_EE",
        "fr_FR",
        "hr_HR",
        "is_IS",
        "it_IT",
        "nl_NL",
        "pl_PL",
        "tr_TR",
    ),
    *("cs_CZ", "en_IN", "en_PK", "hu_HU", "lt_LT", "lv_LV", "pt_PT", "ro_RO"),
)
_NORDIC_LANGUAGES = ("sv", "da", "nb", "fi")
_LANGUAGES = (*_NORDIC_LANGUAGES, "en")
_CENTIBELS_A_STEP = 100
_MUCH_COMMONER = 60


def names_of(wheel: io.BytesIO, country: str) -> Iterator[tuple[str, str]]:
    """Each name of Faker's lists for a country with ``first`` or ``last``; a name of two words gives two."""
    with zipfile.ZipFile(wheel) as files:
        source = files.read(f"faker/providers/person/{country}/__init__.py").decode()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        list_name = target.id if isinstance(target, ast.Name) else ""
        for kind in ("first", "last"):
            if f"{kind}_name" in list_name:
                yield from ((name, kind) for name in _single_names(node.value))


def _single_names(list_of_names: ast.expr) -> Iterator[str]:
    for node in ast.walk(list_of_names):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "{" not in node.value:
            yield from (name for name in node.value.split() if len(name) > 1 and name[0].isupper())


def marks_of(wheel: io.BytesIO) -> dict[str, str]:
    """Of each name the marks of the lexicon."""
    found: dict[str, set[str]] = {}
    for countries, first, last in (
        (NORDIC, lexicon.FIRST, lexicon.LAST),
        (ELSEWHERE, lexicon.FIRST_ELSEWHERE, lexicon.LAST_ELSEWHERE),
    ):
        for country in countries:
            for name, kind in names_of(wheel, country):
                marks = found.setdefault(name, set())
                mark = first if kind == "first" else last
                if mark.upper() not in marks:
                    marks.add(mark)
    return {name: "".join(sorted(marks)) for name, marks in found.items()}


def commonness_of(wheel: io.BytesIO) -> dict[str, str]:
    """Of each common word the step it stands on, and ``e`` where it is English rather than Nordic."""
    steps: dict[str, dict[str, int]] = {}
    with zipfile.ZipFile(wheel) as files:
        for language in _LANGUAGES:
            data = gzip.decompress(files.read(f"wordfreq/data/small_{language}.msgpack.gz"))
            _head, *equally_common = word_sources.unpacked(data)
            for centibels, words in enumerate(equally_common):
                for word in filter(_is_word, words):
                    steps.setdefault(word, {})[language] = centibels
    return {word: _commonness(found) for word, found in steps.items()}


def _is_word(word: str) -> bool:
    return len(word) > 1 and word.replace("-", "").isalpha() and not word[0].isupper()


def _commonness(centibels: Mapping[str, int]) -> str:
    """By the language that it is commonest in; the digits go from 0 to 9."""
    rarest = 10 * _CENTIBELS_A_STEP - 1
    nordic = min(centibels.get(language, rarest) for language in _NORDIC_LANGUAGES)
    english = centibels.get("en", rarest)
    return f"{nordic // _CENTIBELS_A_STEP}{'e' if english < nordic - _MUCH_COMMONER else ''}"


def main(folder: Path, target: Path = TARGET) -> int:
    """Raises word_sources.NotThatSource, OSError."""
    faker = word_sources.opened(folder, word_sources.FAKER)
    wordfreq = word_sources.opened(folder, word_sources.WORDFREQ)
    made = Lexicon(marks_of(faker), commonness_of(wordfreq))
    target.write_bytes(lexicon.packed(made))
    print(f"{len(made.names)} names, {len(made.words)} words, {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
