"""A telephone that shows codes (RFC 6238), for tests that sign in as people do."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt

from tests.program import until
from tryggve.accounts.models import User
from tryggve.domains.access.engine import totp

_MORE_THAN_A_PERIOD = 2 * totp.PERIOD_SECONDS


class Telephone:
    """Shows each code once: one that was used doesn't count again, nor one before it."""

    def __init__(self, secret: str) -> None:
        self.secret = secret.replace(" ", "")
        self._last = 0

    def code(self) -> str:
        """The next code that counts; when two were used in this half minute, it waits for the next."""
        step = until(self._unused, seconds=_MORE_THAN_A_PERIOD)
        self._last = step
        return totp.code_of(self.secret, step)

    def _unused(self) -> int | None:
        now = totp.step_at(time.time())
        step = max(now, self._last + 1)
        return step if step <= now + totp.DRIFT else None


def telephone_of(user: User) -> Telephone:
    """Give this person a telephone without walking through the pages."""
    secret = totp.new_secret()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)})
    return Telephone(secret)
