"""Made-up accounts that can sign in with a password, to be used within transactions that are never kept."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db import transaction

from tryggve import vault
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.domains.access.engine import totp
from tryggve.lib.ids import new_id

NAME: Final = "Trial"
_PLACE: Final = "@trial.invalid"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with an account, who isn't in the database until ``planted``."""

    user: User
    password: str


@contextmanager
def prepared() -> Iterator[Account]:
    """An owner's, to whom most doors open; the hash is made here, before anybody has to wait. Raises vault.Locked.

    What the log tells of a person is sealed under their key: this one's is destroyed at the end. One that a killed
    process left is collected with all that nobody owns.
    """
    user, password = User(email=new_email(), name=NAME, language="en", role=Role.OWNER), new_password()
    user.set_password(password)
    (user.key_ref,) = vault.staff_keyring().create_keys([user.pk])
    try:
        yield Account(user, password)
    finally:
        vault.staff_keyring().destroy_keys([user.key_ref])


@contextmanager
def planted(account: Account) -> Iterator[User]:
    """The account is there, and at the end never was, with all that was done meanwhile."""
    made: list[UUID] = []
    with transaction.atomic():
        try:
            account.user.save(force_insert=True)
            yield account.user
            made += _keys_of_others(account)
        finally:
            transaction.set_rollback(True)
    vault.staff_keyring().destroy_keys(made)


def telephone_of(user: User) -> str:
    """Give the account a telephone that shows codes; returns the secret that they come from. Raises vault.Locked."""
    secret = totp.new_secret()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)})
    return secret


def code_of(secret: str) -> str:
    """What the telephone shows, which has a clock of its own."""
    return totp.code_of(secret, totp.step_at(time.time()))


def new_email() -> str:
    """An address that no mail can reach (RFC 2606)."""
    return f"{new_id()}{_PLACE}"


def new_password() -> str:
    """One that nobody guesses and no list holds."""
    return secrets.token_urlsafe(24)


def _keys_of_others(account: Account) -> list[UUID]:
    """Keys of accounts that were made on the way."""
    others = User.objects.filter(email__endswith=_PLACE).exclude(pk=account.user.pk)
    return [key for key in others.values_list("key_ref", flat=True) if key is not None]
