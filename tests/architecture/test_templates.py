"""A room's templates use their own room's and ``ui/``, lead to places they may know, and carry no script."""

import re
from pathlib import Path

import pytest
from django.template import loader
from django.template.backends import django

from tools import tree

TEMPLATES = sorted(tree.files("templates/**/*.html", "templates/*/*.html", below=tree.PACKAGE))
# Every shell leads there: to signing in and out, whose addresses are from another package, and to the languages.
ADDRESSES_FOR_ALL = {"account_login", "account_logout", "setup:language"}
ADDRESSES_BESIDES: dict[str, set[str]] = {
    "customers": {
        "access",
        "rights",
    },  # a card leads to what the log tells of it, and to what its customer may ask
    "outreach": {
        "customers",
        "portal",
        "feedback",
    },  # what a customer told leads to the card, and to the own page
    "rights": {"customers"},  # what somebody asked for leads to the card
    "access": {"customers"},  # an entry of the log leads to the customer whom it is about
    "setup": {"customers", "access"},  # the first steps lead to the first list, and to the second factor
}
_USED = re.compile(r"{%-? *(?:include|extends) +[\"']([^\"']+)[\"']")
_ADDRESS = re.compile(r"{%-? *url +[\"']([^\"']+)[\"']")
_INLINE = {
    "a script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script as address": re.compile(r"javascript:", re.IGNORECASE),
    "something from outside": re.compile(r"(?:src|action|data-\w+)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}
_COMMENT = re.compile(r"{#.*?#}|{% comment .*?endcomment %}", re.DOTALL)


def room_of(path: Path) -> str:
    """The domain or kernel room that the template lies in."""
    parts = path.relative_to(tree.PACKAGE).parts
    return parts[1] if parts[0] == "domains" else parts[0]


def foreign_templates(room: str, text: str) -> list[str]:
    own = {room, "ui"} | ({"account"} if room in {"ui", "access"} else set())
    return [name for name in _USED.findall(text) if name.split("/")[0] not in own]


def foreign_addresses(room: str, text: str) -> list[str]:
    known = ADDRESSES_BESIDES.get(room, set()) | {room}
    outside = [name for name in _ADDRESS.findall(text) if name not in ADDRESSES_FOR_ALL]
    return [name for name in outside if name.split(":")[0] not in known]


def inline(text: str) -> list[str]:
    """What the content security policy would refuse to run or show."""
    return [kind for kind, pattern in _INLINE.items() if pattern.search(_COMMENT.sub("", text))]


def test_templates_are_found() -> None:
    assert {"customers", "setup", "ui"} <= {room_of(path) for path in TEMPLATES}


@pytest.mark.parametrize("path", TEMPLATES, ids=tree.shown)
def test_template_keeps_to_its_room_and_the_policy(path: Path) -> None:
    room, text = room_of(path), path.read_text()
    assert (foreign_templates(room, text), foreign_addresses(room, text), inline(text)) == ([], [], [])


@pytest.mark.parametrize("path", TEMPLATES, ids=tree.shown)
def test_template_compiles_under_its_own_name(path: Path) -> None:
    name = "/".join(path.parts[path.parts.index("templates") + 1 :])
    found = loader.get_template(name)
    assert isinstance(found, django.Template)
    assert Path(found.origin.name) == path  # not hidden by one of the same name elsewhere


def test_foreign_templates_of_another_domain_are_named() -> None:
    text = '{% extends "ui/staff.html" %}{% include "setup/start.html" %}{% include "customers/_rows.html" %}'
    assert foreign_templates("customers", text) == ["setup/start.html"]


def test_foreign_addresses_of_another_domain_are_named() -> None:
    text = "{% url 'setup:language' %}{% url 'customers:list' %}{% url 'setup:home' %}"
    assert foreign_addresses("customers", text) == ["setup:home"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<script>alert(1)</script>", ["a script"]),
        ("<style>p {}</style>", ["a style sheet"]),
        ('<p style="color: red">', ["a style"]),
        ('<button class="x" onclick="go()">', ["a handler"]),
        ('<a href="javascript:go()">', ["a script as address"]),
        ('<img src="//example.org/x.png">', ["something from outside"]),
        ('<script type="module" src="{% asset "app.js" %}"></script>', []),
        ("{# never style= here #}<p>on = 1</p>", []),
    ],
)
def test_inline_names_what_the_policy_refuses(text: str, kinds: list[str]) -> None:
    assert inline(text) == kinds
