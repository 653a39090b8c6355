"""Somebody who has got hold of a password, and of nothing else, signs in and tries every page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from tryggve.domains.access.trials import accounts, rounds
from tryggve.domains.access.trials.accounts import Account
from tryggve.domains.access.trials.browser import Browser, Page
from tryggve.domains.access.trials.doors import Door, doors

_SIGN_IN: Final = "account_login"
_SECOND_STEP: Final = "mfa_authenticate"


class NotAnswered(Exception):
    """The door did nothing with a right password, neither good nor bad: so it tells nothing."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How many pages there are, whether who has a second factor is asked for it, and whether a password opened one."""

    pages: int
    asks: bool
    opened: bool


def tried() -> Tried:
    """Once as somebody who has a second factor, once as somebody who hasn't set one up yet.

    Raises NotAnswered, and vault.Locked without a service key.
    """
    behind = behind_the_second_step()
    with accounts.prepared() as account:
        asks = _is_asked(account)
        opened = _opened(account, behind, has_factor=True) or _opened(account, behind, has_factor=False)
    return Tried(len(behind), asks, opened)


def behind_the_second_step() -> Sequence[Door]:
    """Every page that isn't open to all, but for those on which a second factor is set up."""
    return [
        door
        for door in doors()
        if door.path and door.asked and not door.is_for_programs and not door.asked.before_second_factor
    ]


def _is_asked(account: Account) -> bool:
    """Whether the password leads to the second step, and to no session."""
    with accounts.planted(account) as user:
        accounts.telephone_of(user)
        browser = Browser()
        page = _sign_in(browser, account)
        return page.goes_to == reverse(_SECOND_STEP) and SESSION_KEY not in browser.session


def _opened(account: Account, behind: Iterable[Door], *, has_factor: bool) -> bool:
    """Whether a page does something else than send back to the door."""
    shut = {reverse(settings.LOGIN_URL), reverse(settings.SECOND_FACTOR_URL), reverse(_SECOND_STEP)}
    sent_to = rounds.met_at(behind, planted=partial(_signed_in, account, has_factor=has_factor))
    return any(path not in shut for path in sent_to)


@contextmanager
def _signed_in(account: Account, *, has_factor: bool) -> Iterator[Callable[[Door], str]]:
    with accounts.planted(account) as user:
        if has_factor:
            accounts.telephone_of(user)
        browser = Browser()
        _sign_in(browser, account)
        yield lambda door: browser.get(door.path).goes_to


def _sign_in(browser: Browser, account: Account) -> Page:
    page = browser.send(reverse(_SIGN_IN), login=account.user.email, password=account.password)
    if not page.goes_to:
        raise NotAnswered(page.status)
    return page
