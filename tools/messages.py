"""Holds the translations complete: every sentence of the code has its Swedish and its Danish.

``python -m tools.messages --update`` writes new sentences into the catalogues (and drops those that the code
lost); ``--check`` names what is missing, doubtful, doesn't fit its original or
calls a thing by another word than ``docs/glossary.md``.
"""

import argparse
import ast
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages import extract
from django.utils.translation.template import templatize

from tools import glossary, tree, wording

LANGUAGES = ("sv", "da")
_WIDTH = 110
_KEYWORDS: dict[str, object] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


@dataclass(frozen=True, order=True)
class Sentence:
    """One English original; the same words in another context are another sentence."""

    context: str
    one: str
    many: str = ""


@dataclass
class Found:
    """The sentences of the code in the order of their places, and the files that say each."""

    places: dict[Sentence, list[str]] = field(default_factory=dict)

    def add(self, sentence: Sentence, place: str) -> None:
        files = self.places.setdefault(sentence, [])
        if place not in files:
            files.append(place)


def catalogue(language: str, root: Path = tree.ROOT) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def in_code(root: Path = tree.ROOT) -> Found:
    """Every sentence that Python, templates and the browser's code say to people."""
    found = Found()
    for path in tree.files("*.py", "*.html", "*.txt", "*.ts", below=root / "src"):
        _read(path, root, found)
    for path in tree.files("*.ts", below=root / "client"):
        _read(path, root, found)
    return found


def _is_silent(path: Path) -> bool:
    return bool({"tests", "migrations"} & set(path.parts)) or (
        path.suffix == ".txt" and "templates" not in path.parts
    )


def _read(path: Path, root: Path, found: Found) -> None:
    if _is_silent(path):
        return
    text, method = path.read_text(), "python"
    if path.suffix == ".ts":
        method = "javascript"
    elif path.suffix != ".py":
        # What templatize leaves is only nearly Python: indented at random, which the tokenizer refuses.
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    for _, message, _, context in extract.extract(method, io.BytesIO(text.encode()), _KEYWORDS):  # type: ignore[arg-type]
        one, many = (message[0], message[-1]) if isinstance(message, tuple) else (message, "")
        if one:
            found.add(Sentence(context or "", one, many), str(path.relative_to(root)))


def _out_of_sight(root: Path) -> Iterator[str]:
    """Babel looks neither into f-strings nor at names: what is said there would stay English without a word of it."""
    for path in tree.files("*.py", below=root / "src"):
        if _is_silent(path):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr) and any(map(_is_said, ast.walk(node))):
                yield f"{path.relative_to(root)}:{node.lineno}: said within an f-string, where it isn't found"
            elif isinstance(node, ast.Call) and _is_said(node) and not isinstance(node.args[0], ast.Constant):
                yield f"{path.relative_to(root)}:{node.lineno}: said by a name, which isn't followed"


def _is_said(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _KEYWORDS


def update(language: str, root: Path = tree.ROOT) -> int:
    """Write the catalogue anew in the order of the code, keeping translations; tells how many are wanting."""
    path = catalogue(language, root)
    known = {_sentence(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    fresh = polib.POFile(wrapwidth=_WIDTH)
    fresh.metadata = {
        "Project-Id-Version": "tryggve",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for sentence, places in in_code(root).places.items():
        entry = known.get(sentence) or _empty(sentence)
        entry.occurrences = [(place, "") for place in places]
        entry.obsolete = False
        fresh.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))
    return len(fresh) - len(fresh.translated_entries())


def _sentence(entry: polib.POEntry) -> Sentence:
    return Sentence(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _empty(sentence: Sentence) -> polib.POEntry:
    entry = polib.POEntry(msgid=sentence.one, msgctxt=sentence.context or None)
    if sentence.many:
        entry.msgid_plural = sentence.many
        entry.msgstr_plural = {0: "", 1: ""}
    return entry


def faults(root: Path = tree.ROOT) -> Iterator[str]:
    """One line for each sentence that a reader would miss or get wrong."""
    yield from _out_of_sight(root)
    said, notions = in_code(root).places, glossary.notions(root)
    for language in LANGUAGES:
        path = catalogue(language, root)
        entries = list(polib.pofile(str(path))) if path.exists() else []
        known = {_sentence(entry) for entry in entries if not entry.obsolete}
        for sentence, places in said.items():
            if sentence not in known:
                yield f"{language}: missing: «{sentence.one}» ({places[0]})"
        for entry in entries:
            for fault in _faults_of(entry, said):
                yield f"{language}: {fault}: «{entry.msgid}»"
            for one, form in _pairs(entry):
                yield from (f"{language}: {fault}" for fault in glossary.faults(notions, language, one, form))


def _faults_of(entry: polib.POEntry, said: dict[Sentence, list[str]]) -> Iterator[str]:
    if entry.obsolete or _sentence(entry) not in said:
        yield "no longer said by the code"
        return
    if entry.fuzzy:
        yield "doubtful (fuzzy)"
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(forms) or len(forms) != (2 if entry.msgid_plural else 1):
        yield "not translated"
    else:
        yield from wording.faults((entry.msgid, entry.msgid_plural), forms)


def _pairs(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Each form of the original with its translation, where there is one."""
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    yield from (
        (one, form) for one, form in zip((entry.msgid, entry.msgid_plural), forms, strict=False) if form
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--check", action="store_true")
    choice.add_argument("--update", action="store_true")
    if parser.parse_args(arguments).update:
        for language in LANGUAGES:
            print(f"{language}: {update(language)} to translate")
        return 0
    found = list(faults())
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
