"""What an auditor meets is to be read: no page shows a form that changes anything but the auditor's own things."""

from html.parser import HTMLParser

import pytest
import time_machine
from django.urls import Resolver404, resolve

from tests.by_role import world as worlds
from tests.by_role.asking import path_to
from tests.by_role.rows import COLUMNS
from tests.by_role.table import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]

_COLUMN = COLUMNS.index("auditor")
# Where reading, verifying and exporting are asked for.
_OF_THE_LOG = {"access:log", "access:log-verify", "access:log-export"}


class _Ways(HTMLParser):
    """Where the forms of a page lead that send something (empty for the page itself), and where its links do."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.actions: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.actions.append(given.get("action") or "")
        if given.get("hx-post"):
            self.actions.append(given["hx-post"] or "")
        if tag == "a" and (given.get("href") or "").startswith("/"):
            self.links.append(given["href"] or "")


def test_auditor_changes_nothing_but_what_is_everybodys_own() -> None:
    everybodys = {
        row.name
        for row in TABLE
        if len({row.cells[COLUMNS.index(one)] for one in ("owner", "employee", "auditor", "supplier")}) == 1
    }
    may = {row.name for row in TABLE if "POST" in row.methods and row.cells[_COLUMN] in "+^0"}
    assert may - everybodys == _OF_THE_LOG


def test_pages_of_an_auditor_lead_nowhere_that_is_refused(noon: time_machine.Traveller) -> None:
    world, wrong, looked_at = worlds.build("auditor"), set(), set()
    refused = {(row.name, method) for row in TABLE for method in row.methods if row.cells[_COLUMN] in "-!"}
    browser = worlds.browser_with(world.fresh)
    for row in TABLE:
        if "GET" not in row.methods or row.cells[_COLUMN] not in "+^":
            continue
        path = path_to(row.name, world.things)
        answer = browser.get(path)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            looked_at.add(row.name)
            ways = _Ways(answer.content.decode())
            met = {(_name_of(one or path), "POST") for one in ways.actions}
            met |= {(_name_of(one), "GET") for one in ways.links}
            wrong |= {(row.name, *one) for one in met & refused}
    assert wrong == set()
    pages = {f"protection:{name}" for name in ("today", "controls", "routines", "reports", "report-made")}
    assert (pages | {"access:log"}) - looked_at == set()


def _name_of(address: str) -> str:
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return address
