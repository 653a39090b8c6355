"""Asking for an address as somebody, and telling in a letter of the table what came of it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.by_role.rows import Row
from tests.by_role.world import Cookies, World, browser_with
from tryggve.audit.models import Entry
from tryggve.domains.customers.register_index import register_index

REFUSED = "accounts.refused"
# Letters of an answer by which something may have been done.
DONE = {"+", "c", "n", "0"}
_WRITE = re.compile(r"\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) \"?(\w+)", re.IGNORECASE)
# What a refusal may write: that it was one, and that the session was used.
_OF_REFUSING = {"audit_entry", "django_session", "accounts_signin", "accounts_device", "accounts_apitoken"}


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the product by its name, with its namespace."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry


PATTERNS = dict(addresses())


def path_to(name: str, things: dict[str, Any]) -> str:
    """Where it is, with the ids of what really exists."""
    wanted = PATTERNS[name].pattern.converters
    return reverse(name, kwargs={key: things.get(f"{name} {key}", things.get(key)) for key in wanted})


@contextmanager
def writes() -> Iterator[set[str]]:
    """The tables that are written to."""
    seen: set[str] = set()

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        seen.update(match.lower() for match in _WRITE.findall(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield seen


def cell(
    world: World, row: Row, method: str, cookies: Cookies, kept: Callable[[], object] | None = None
) -> str:
    """The letter; whatever was done is undone. ``kept`` tells what must be as before for a 0."""
    before = kept() if kept else None
    path = path_to(row.name, world.things)
    body = world.bodies.get(row.name, {}) if method == "POST" else {}
    headers = {"Authorization": world.authorization} if world.authorization else None
    with transaction.atomic(), writes() as written:
        answer = getattr(browser_with(cookies), method.lower())(path, body, headers=headers)
        if answer.streaming:
            b"".join(answer)
        letter = _letter(answer, row, is_refused=Entry.objects.filter(action=REFUSED).exists())
        if kept and letter == "+" and kept() == before:
            letter = "0"
        if letter not in DONE:
            assert written <= _OF_REFUSING, (row.name, method, letter, written)
        transaction.set_rollback(True)
    if method == "POST":
        register_index.forget()
    return letter


def _letter(answer: Any, row: Row, *, is_refused: bool) -> str:
    if is_refused:
        assert answer.status_code in (403, 409), answer.status_code
        return "-"
    match answer.status_code:
        case status if status == 200 or status == row.told:
            return "+"
        case 302:
            return _of_redirect(urlsplit(answer["Location"]))
        case 401:
            return "k"
        case 404:
            return "n"
        case 409:
            return "c"
    return f"?{answer.status_code}"


def _of_redirect(to: Any) -> str:
    asked = parse_qs(to.query)
    if to.path == reverse(settings.LOGIN_URL) and "next" in asked:
        return "s"
    if to.path == reverse(settings.SECOND_FACTOR_URL):
        return "u"
    return "a" if to.path == reverse(settings.STEP_UP_URL) and "why" in asked else "+"
