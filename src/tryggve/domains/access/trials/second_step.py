"""Somebody who has got hold of a password, and of nothing else, signs in and tries every page."""

import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from tryggve.domains.access.trials import accounts
from tryggve.domains.access.trials.accounts import Account
from tryggve.domains.access.trials.browser import Browser, Page
from tryggve.domains.access.trials.doors import Door, doors

_SIGN_IN: Final = "account_login"
_SECOND_STEP: Final = "mfa_authenticate"
# SQLite has one writer at a time: this long it is us, and then others have their turn.
_HELD_SECONDS: Final = 0.5
_LEFT_SECONDS: Final = 0.1


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
    """Whether a page does something else than send back to the door; after the first one, no more are tried."""
    left = deque(behind)
    while left:
        if _opened_one_of(left, account, has_factor=has_factor):
            return True
        time.sleep(_LEFT_SECONDS)
    return False


def _opened_one_of(left: deque[Door], account: Account, *, has_factor: bool) -> bool:
    shut = {reverse(settings.LOGIN_URL), reverse(settings.SECOND_FACTOR_URL), reverse(_SECOND_STEP)}
    with accounts.planted(account) as user:
        if has_factor:
            accounts.telephone_of(user)
        browser, until = Browser(), time.monotonic() + _HELD_SECONDS
        _sign_in(browser, account)
        while left:
            if browser.get(left.popleft().path).goes_to not in shut:
                return True
            if time.monotonic() > until:
                break
    return False


def _sign_in(browser: Browser, account: Account) -> Page:
    page = browser.send(reverse(_SIGN_IN), login=account.user.email, password=account.password)
    if not page.goes_to:
        raise NotAnswered(page.status)
    return page
