"""What customers see is made of templates of their own: nothing of the pages of those who work here stands in them."""

import re
from pathlib import Path

import pytest
from django.template import loader
from django.test import Client

from tests.by_right.consenting import read
from tools import tree

SHELL, STAFF = "ui/portal.html", "ui/staff.html"
TEMPLATES = sorted(
    path.relative_to(path.parents[2]).as_posix()
    for path in tree.files("*.html", below=tree.PACKAGE)
    if path.parent.name == "portal"
)
_NAMED = re.compile(r"{%-? *(?:include|extends) +[\"']([^\"']+)[\"']")
# Where customers may go: their own pages, the notice, and files that a page is made of.
_THEIRS = re.compile(r"^(#|https?:|/my/|/consent/|/feedback/|/notice|/static/|/language)")


def made_of(name: str) -> set[str]:
    """Itself, what it extends and includes, and what those do."""
    text = Path(loader.get_template(name).origin.name).read_text()  # type: ignore[attr-defined]  # Django's own has it
    return {name}.union(*map(made_of, _NAMED.findall(text)))


def test_there_are_templates_of_customers_in_two_rooms() -> None:
    assert {name.partition("/")[0] for name in TEMPLATES} == {"outreach", "rights"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_page_of_customers_is_made_of_nothing_of_those_who_work_here(name: str) -> None:
    parts = made_of(name)
    assert STAFF not in parts
    assert SHELL in parts or Path(name).name.startswith("_")


@pytest.mark.django_db
@pytest.mark.usefixtures("firm", "clock")
@pytest.mark.parametrize("page", ["data", "consents", "requests", "looks", "notice", "feedback"])
def test_own_pages_lead_nowhere_but_to_own_pages(inside: Client, page: str) -> None:
    text = read(inside.get(f"/my/{page}/"))
    leads = re.findall(r'(?:href|action|src)="([^"]*)"', text)
    assert [one for one in leads if one and not _THEIRS.match(one)] == []
    assert {
        "/my/data/",
        "/my/consents/",
        "/my/requests/",
        "/my/looks/",
        "/my/notice/",
        "/my/feedback/",
    } <= set(leads)
