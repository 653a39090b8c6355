from pathlib import Path

import polib
import pytest

from tools import glossary, messages, wording

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

def words(count: int, name: str) -> list[str]:
    return [
        _("Hello %(name)s") % {"name": name},
        ngettext("%(count)s customer", "%(count)s customers", count) % {"count": count},
        pgettext_lazy("month", "May"),
    ]
"""
PAGE = """{% load i18n %}
<p>{% translate "Customers" %} don't {{ count }}</p>
    {% blocktranslate trimmed with name=one.name %}
        Anna's list of
        {{ name }}
    {% endblocktranslate %}
{% blocktranslate count n=rows %}One row{% plural %}{{ n }} rows{% endblocktranslate %}
"""
SWEDISH = {
    "Hello %(name)s": "Hej %(name)s",
    "May": "maj",
    "Customers": "Kunder",
    "Anna's list of %(name)s": "Annas lista över %(name)s",
}
PLURALS = {"%(count)s customer": ("%(count)s kund", "%(count)s kunder"), "One row": ("En rad", "%(n)s rader")}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with one module and one page, translated whole."""
    room = tmp_path / "src" / "room"
    (room / "templates" / "room").mkdir(parents=True)
    (room / "words.py").write_text(CODE)
    (room / "templates" / "room" / "list.html").write_text(PAGE)
    for language in messages.LANGUAGES:
        messages.update(language, tmp_path)
        translate(messages.catalogue(language, tmp_path))
    return tmp_path


def translate(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = dict(enumerate(PLURALS[entry.msgid]))
        else:
            entry.msgstr = SWEDISH[entry.msgid]
    catalogue.save()


def change(tree: Path, msgid: str, /, **values: object) -> None:
    catalogue = polib.pofile(str(messages.catalogue("sv", tree)))
    entry = catalogue.find(msgid)
    for name, value in values.items():
        setattr(entry, name, value)
    catalogue.save()


def test_in_code_finds_python_and_templates(tree: Path) -> None:
    assert set(messages.in_code(tree).places) == {
        messages.Sentence("", "Hello %(name)s"),
        messages.Sentence("", "%(count)s customer", "%(count)s customers"),
        messages.Sentence("month", "May"),
        messages.Sentence("", "Customers"),
        messages.Sentence("", "Anna's list of %(name)s"),
        messages.Sentence("", "One row", "%(n)s rows"),
    }


def test_faults_of_complete_catalogues_are_none(tree: Path) -> None:
    assert list(messages.faults(tree)) == []


def test_faults_of_a_new_sentence_names_both_languages(tree: Path) -> None:
    (tree / "src" / "room" / "more.py").write_text('_("Goodbye")')
    assert list(messages.faults(tree)) == [
        "sv: missing: «Goodbye» (src/room/more.py)",
        "da: missing: «Goodbye» (src/room/more.py)",
    ]


def test_faults_of_a_sentence_within_an_f_string_names_the_place(tree: Path) -> None:
    (tree / "src" / "room" / "more.py").write_text("""\nprint(f"  {_('line')} 7")\n""")
    assert list(messages.faults(tree)) == [
        "src/room/more.py:2: said within an f-string, where it isn't found"
    ]


def test_faults_of_a_sentence_that_is_said_by_its_name_names_the_place(tree: Path) -> None:
    (tree / "src" / "room" / "more.py").write_text(
        """\ndef say(one, many):\n    return ngettext(one, many, 2)\n"""
    )
    assert list(messages.faults(tree)) == ["src/room/more.py:3: said by a name, which isn't followed"]


@pytest.mark.parametrize(
    ("msgid", "values", "fault"),
    [
        ("Customers", {"msgstr": ""}, "not translated"),
        ("Customers", {"flags": ["fuzzy"]}, "doubtful (fuzzy)"),
        ("Customers", {"msgid": "Clients"}, "no longer said by the code"),
        ("Hello %(name)s", {"msgstr": "Hej %(namn)s"}, "placeholders differ in «Hej %(namn)s»"),
        ("Hello %(name)s", {"msgstr": "Hej %(name)s, 5 % av"}, "a lone «%» in «Hej %(name)s, 5 % av»"),
        ("Customers", {"msgstr": "Kunder "}, "begins or ends with other white space in «Kunder »"),
        ("One row", {"msgstr_plural": {0: "En rad", 1: ""}}, "not translated"),
        ("One row", {"msgstr_plural": {0: "En rad"}}, "not translated"),
        ("One row", {"msgstr_plural": {0: "En rad", 1: "rader"}}, "placeholders differ in «rader»"),
    ],
)
def test_faults_of_a_spoilt_catalogue_names_it(
    tree: Path, msgid: str, values: dict[str, object], fault: str
) -> None:
    change(tree, msgid, **values)
    said = str(values.get("msgid", msgid))
    assert f"sv: {fault}: «{said}»" in list(messages.faults(tree))


GLOSSARY = """
| English | Swedish | Danish | what it is |
|---|---|---|---|
| customer | kund | kunde | |
| key | nyckel, nycklar | nøgle | |
| to greet | hälsa | hilse | |
| list (of customers) | lista | liste | |
"""


@pytest.mark.parametrize(
    ("english", "swedish", "faults"),
    [
        ("Customers", "Kunder", []),
        ("Customers", "Klienter", ["«customer» is «kund» in the glossary, not in «Klienter»"]),
        ("The customer's keys", "Kundens nycklar", []),
        ("%(key)s is a keyboard", "%(key)s är ett tangentbord", []),
        ("A list to greet", "En förteckning att niga för", []),
    ],
)
def test_glossary_is_held(tmp_path: Path, english: str, swedish: str, faults: list[str]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "glossary.md").write_text(GLOSSARY)
    assert list(glossary.faults(glossary.notions(tmp_path), "sv", english, swedish)) == faults


def test_faults_of_another_word_than_the_glossary_names_it(tree: Path) -> None:
    (tree / "docs").mkdir()
    (tree / "docs" / "glossary.md").write_text(GLOSSARY)
    change(tree, "Customers", msgstr="Klienter")
    faults = list(messages.faults(tree))
    assert "sv: «customer» is «kund» in the glossary, not in «Klienter»" in faults


def test_update_keeps_translations_and_drops_what_is_gone(tree: Path) -> None:
    (tree / "src" / "room" / "templates" / "room" / "list.html").unlink()
    (tree / "src" / "room" / "more.py").write_text('_("Goodbye")')
    assert messages.update("sv", tree) == 1
    catalogue = polib.pofile(str(messages.catalogue("sv", tree)))
    assert {entry.msgid: entry.msgstr for entry in catalogue if not entry.msgid_plural} == {
        "Goodbye": "",
        "Hello %(name)s": "Hej %(name)s",
        "May": "maj",
    }


def test_update_twice_writes_the_same(tree: Path) -> None:
    before = messages.catalogue("sv", tree).read_bytes()
    messages.update("sv", tree)
    assert messages.catalogue("sv", tree).read_bytes() == before


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("100 %% of %(count)d", ["%(count)d"]),
        ("{name} owes %s", ["%s", "{name}"]),
        ("50 % of them", []),
    ],
)
def test_placeholders_are_what_python_fills_in(text: str, found: list[str]) -> None:
    assert wording.placeholders(text) == found
