"""One line above a page: of what waits for who reads it. A domain's ``menu.py`` calls ``register``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Reminder:
    """A sentence, and the link to where it is dealt with, if anywhere; ``tone`` is warning, danger or nothing."""

    text: StrOrPromise
    address: str = ""
    link: StrOrPromise = ""
    tone: str = ""


Asked = Callable[[HttpRequest], Iterable[Reminder]]

_asked: list[Asked] = []


def register(ask: Asked) -> Asked:
    """Be asked for reminders by each page for who has signed in: cheap on all pages but the one it is about."""
    _asked.append(ask)
    return ask


def of(request: HttpRequest) -> list[Reminder]:
    """What this page reminds its reader of."""
    return [reminder for ask in _asked for reminder in ask(request)]
