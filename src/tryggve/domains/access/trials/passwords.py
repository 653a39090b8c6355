"""Somebody tries to choose a bad password, on each page of this part where one is chosen."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse

from tryggve.accounts.models import User
from tryggve.accounts.passwords import lists
from tryggve.accounts.roles import Role, Scope
from tryggve.domains.access.models import Invitation
from tryggve.domains.access.trials import accounts
from tryggve.domains.access.trials.browser import Browser
from tryggve.lib import random_tokens

SHORT: Final = "short"
LEAKED: Final = "leaked"
_SHORTEST: Final = 12
# On public lists of leaked passwords, and explained by no rule: were our own list empty, this one would pass.
_WELL_KNOWN: Final = "wordsleywasps"


class NotAnswered(Exception):
    """A good password wasn't taken either: so refusing a bad one tells nothing."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How many bad passwords were tried, and the kinds of those that were taken."""

    passwords: int
    taken: Sequence[str]


def tried(*, at: datetime) -> Tried:
    """On the page for another password, and behind an invitation. Raises NotAnswered, and vault.Locked."""
    bad = bad_ones()
    with accounts.prepared() as account:
        with accounts.planted(account) as user:
            taken = _taken(bad, _another_password(user, account.password))
        with accounts.planted(account):
            taken += _taken(bad, _invited(at))
    return Tried(2 * len(bad), taken)


def bad_ones() -> list[tuple[str, str]]:
    """Each with its kind; one of those on the list is another each time."""
    short = secrets.token_urlsafe(_SHORTEST)[: _SHORTEST - 1]
    leaked = lists.unpacked((lists.FOLDER / lists.FILES[1]).read_bytes())
    listed = secrets.choice([word for word in leaked if len(word) >= _SHORTEST] or [_WELL_KNOWN])
    return [(SHORT, short), (LEAKED, _WELL_KNOWN), (LEAKED, listed)]


def _taken(bad: Sequence[tuple[str, str]], choose: Callable[[str], bool]) -> list[str]:
    """The kinds of those that were taken; then a good one must be, or the page refuses whatever comes."""
    taken = [kind for kind, password in bad if choose(password)]
    if not taken and not choose(accounts.new_password()):
        raise NotAnswered
    return taken


def _another_password(user: User, password: str) -> Callable[[str], bool]:
    """By somebody who has signed in with both factors, as people do."""
    secret, browser = accounts.telephone_of(user), Browser()
    browser.send(reverse("account_login"), login=user.email, password=password)
    browser.send(reverse("mfa_authenticate"), code=accounts.code_of(secret))

    def choose(chosen: str) -> bool:
        before = _encoded(user.email)
        browser.send(reverse("access:password"), password=chosen)
        return _encoded(user.email) != before

    return choose


def _invited(at: datetime) -> Callable[[str], bool]:
    """By somebody who comes with an invitation, and has no account before."""
    token, email = random_tokens.new_token(), accounts.new_email()
    Invitation.objects.create(
        token_hash=random_tokens.hash_of(token),
        email=email,
        name=accounts.NAME,
        language="en",
        role=Role.EMPLOYEE,
        scope=Scope.OWN,
        made_at=at,
        expires_at=at + timedelta(days=1),
    )

    def choose(chosen: str) -> bool:
        before = _encoded(email)
        answers = {"name": accounts.NAME, "password": chosen, "password_again": chosen}
        Browser().send(reverse("access:join", args=[token]), **answers)
        return _encoded(email) != before

    return choose


def _encoded(email: str) -> str | None:
    return User.objects.filter(email=email).values_list("password", flat=True).first()
