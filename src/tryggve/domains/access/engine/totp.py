"""The codes that a telephone shows: RFC 6238, six digits, a new one every half minute."""

import base64
import secrets
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

DIGITS = 6
PERIOD_SECONDS = 30
DRIFT = 1  # how many steps a telephone's clock may go wrong by, to either side
_SECRET_BYTES = 20  # as RFC 4226 §4 advises


def new_secret() -> str:
    """A random secret as telephones take it: 32 letters and digits (base32)."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def step_at(at: float) -> int:
    """The number of the half minute that ``at`` (seconds since 1970) lies in."""
    return int(at // PERIOD_SECONDS)


def code_of(secret: str, step: int) -> str:
    """The code of that half minute."""
    return _hotp(secret).generate(step).decode()


def step_of(secret: str, code: str, *, at: float, after: int | None) -> int | None:
    """Which step's code this is, if it is one that counts now: not later used, and not a step too far off.

    ``after`` is the step whose code was used last. Neither its code nor an older one counts again (RFC 6238 §5.2).
    """
    typed, hotp, now = _digits(code), _hotp(secret), step_at(at)
    fitting = [step for step in range(now - DRIFT, now + DRIFT + 1) if bytes_eq(hotp.generate(step), typed)]
    unused = [step for step in fitting if after is None or step > after]
    return max(unused, default=None)


def _digits(code: str) -> bytes:
    """As typed, without the spaces that telephones show."""
    return "".join(code.split()).encode()


def _hotp(secret: str) -> HOTP:
    return HOTP(base64.b32decode(secret), DIGITS, SHA1())  # noqa: S303 - what telephones know; HMAC with it holds


def address_of(secret: str, *, account: str, issuer: str) -> str:
    """The secret as apps for codes take it from a picture (an otpauth address), with whose it is."""
    label = quote(f"{issuer}:{account}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
