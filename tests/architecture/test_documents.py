"""Whatever a person can set, call or meet in the log is named in the documents."""

import argparse
import re
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.core.management import find_commands, load_command_class

from tools import tree
from tryggve.audit import registry as audit
from tryggve.config import env
from tryggve.routines import registry as routines

_FOR_CHILDREN = {"serve", "work"}
_COMMANDS = tree.ROOT / "docs" / "handbook" / "commands.md"
# Told once for all, and Django's own, which nobody is told of.
_OF_EVERY_COMMAND = frozenset({
    "-h", "--help", "--data", "--config", "--json", "--version", "-v", "--verbosity", "--settings", "--pythonpath",
    "--traceback", "--no-color", "--force-color", "--skip-checks",
})  # fmt: skip


def commands() -> set[str]:
    """The verbs that every domain brings."""
    own = [app for app in apps.get_app_configs() if app.name.startswith("tryggve.")]
    return {name for app in own for name in find_commands(f"{app.path}/management")} - _FOR_CHILDREN


def unnamed(names: Iterable[str]) -> list[str]:
    """Those that stand nowhere in the documents as a word of their own."""
    pages = [*tree.files("*.md", below=tree.ROOT / "docs"), tree.ROOT / "README.md"]
    text = "\n".join(path.read_text() for path in pages if path.exists())
    return sorted(name for name in names if not re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text))


def options_of(parser: argparse.ArgumentParser) -> Iterator[str]:
    """What a command takes, the verbs behind it too."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb, behind in action.choices.items():
                yield verb
                yield from options_of(behind)
        elif action.help != argparse.SUPPRESS:
            yield from set(action.option_strings) - _OF_EVERY_COMMAND


def not_told(command: str, names: Iterable[str], *, text: str) -> list[str]:
    """Those that none of the command's sections says."""
    told = "".join(re.findall(rf"(?ms)^## \./tryggve {command}\b.*?(?=^## |\Z)", text))
    return sorted({name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", told)})


def test_every_setting_is_named() -> None:
    assert unnamed(env.KNOWN) == []


def test_every_command_is_named() -> None:
    assert commands() != set()
    assert unnamed(f"./tryggve {name}" for name in commands() | {"check", "test", "pin"}) == []


def test_every_option_and_verb_of_a_command_is_told_in_its_section() -> None:
    text, missing = _COMMANDS.read_text(), {}
    for app in apps.get_app_configs():
        for name in find_commands(f"{app.path}/management") if app.name.startswith("tryggve.") else ():
            if name not in _FOR_CHILDREN:
                parser = load_command_class(app.name, name).create_parser("tryggve", name)
                missing[name] = not_told(name, options_of(parser), text=text)
    assert missing != {}
    assert {name: what for name, what in missing.items() if what} == {}


def test_option_that_only_another_command_tells_is_found() -> None:
    text = "## ./tryggve up\n--port PORT\n## ./tryggve demo\n--again\n"
    assert not_told("demo", ["--again", "--port"], text=text) == ["--port"]


def test_every_action_is_named() -> None:
    assert unnamed(audit.actions()) == []


def test_every_routine_is_named() -> None:
    assert unnamed(routines.routines()) == []


def test_unnamed_finds_what_no_page_says() -> None:
    assert unnamed(["customers.never-heard-of"]) == ["customers.never-heard-of"]
