"""Whatever a person can set, call or meet in the log is named in the documents."""

import re
from collections.abc import Iterable

from django.apps import apps
from django.core.management import find_commands

from tools import tree
from tryggve.audit import registry as audit
from tryggve.config import env
from tryggve.routines import registry as routines

_FOR_CHILDREN = {"serve", "work"}


def commands() -> set[str]:
    """The verbs that every domain brings."""
    own = [app for app in apps.get_app_configs() if app.name.startswith("tryggve.")]
    return {name for app in own for name in find_commands(f"{app.path}/management")} - _FOR_CHILDREN


def unnamed(names: Iterable[str]) -> list[str]:
    """Those that stand nowhere in the documents as a word of their own."""
    pages = [*tree.files("*.md", below=tree.ROOT / "docs"), tree.ROOT / "README.md"]
    text = "\n".join(path.read_text() for path in pages if path.exists())
    return sorted(name for name in names if not re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text))


def test_every_setting_is_named() -> None:
    assert unnamed(env.KNOWN) == []


def test_every_command_is_named() -> None:
    assert commands() != set()
    assert unnamed(f"./tryggve {name}" for name in commands() | {"check", "test", "pin"}) == []


def test_every_action_is_named() -> None:
    assert unnamed(audit.actions()) == []


def test_every_routine_is_named() -> None:
    assert unnamed(routines.routines()) == []


def test_unnamed_finds_what_no_page_says() -> None:
    assert unnamed(["customers.never-heard-of"]) == ["customers.never-heard-of"]
