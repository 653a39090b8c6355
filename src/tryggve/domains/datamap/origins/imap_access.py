"""The way into a mailbox: encrypted, the certificate checked against those that this computer trusts, or not at all.

There is no unencrypted way, not even on this computer. Where the server is doesn't matter: many companies have one of
their own in the office, and only it knows the certificate's key.
"""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Self

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from tryggve.domains.datamap.origins import (
    BadCertificate,
    HungUp,
    NoAnswer,
    NobodyThere,
    NoEncryption,
    NotLetIn,
    UnknownHost,
    Unreachable,
)

# What a server raises by what it says, or doesn't: answers that make no sense, too.
FAILURES: Final = (OSError, IMAPClientError, ValueError, LookupError, TypeError)
SECONDS: Final = 60.0
TLS: Final = "TLS"
STARTTLS: Final = "STARTTLS"


@dataclass(frozen=True, slots=True)
class Access:
    host: str
    user: str
    password: str = field(repr=False)
    port: int = 993
    security: str = TLS

    @classmethod
    def told(cls, said: Mapping[str, Any]) -> Self:
        """As it is kept with its source."""
        return cls(said["host"], said["user"], said["password"], said["port"], said["security"])


def signed_in(access: Access, *, seconds: float) -> IMAPClient:
    """Raises Unreachable and its kinds."""
    client = _connected(access, seconds)
    try:
        if access.security == STARTTLS:
            _encrypt(client)
        _sign_in(client, access)
    except BaseException:
        _hang_up(client)
        raise
    return client


def closed(client: IMAPClient) -> None:
    with suppress(*FAILURES):
        client.logout()
    _hang_up(client)


def _connected(access: Access, seconds: float) -> IMAPClient:
    is_encrypted = access.security == TLS
    context = ssl.create_default_context() if is_encrypted else None
    try:
        return IMAPClient(access.host, access.port, ssl=is_encrypted, ssl_context=context, timeout=seconds)
    except FAILURES as failed:
        raise _trouble(failed) from None


def _encrypt(client: IMAPClient) -> None:
    try:
        client.starttls(ssl.create_default_context())
    except IMAPClientError:
        raise NoEncryption from None
    except FAILURES as failed:
        raise _trouble(failed) from None


def _sign_in(client: IMAPClient, access: Access) -> None:
    try:
        if (access.user + access.password).isascii():
            client.login(access.user, access.password)
        else:
            # The LOGIN command knows ASCII only; RFC 4616 has UTF-8.
            client.plain_login(access.user, access.password)
    except LoginError as refused:
        raise (HungUp if isinstance(refused.__context__, IMAPClientAbortError) else NotLetIn) from None
    except FAILURES as failed:
        raise _trouble(failed) from None


def _hang_up(client: IMAPClient) -> None:
    with suppress(*FAILURES):
        client.shutdown()


def _trouble(failed: Exception) -> Unreachable:
    match failed:
        case ssl.SSLCertVerificationError():
            return BadCertificate()
        case socket.gaierror() | UnicodeError():
            return UnknownHost()
        case ConnectionRefusedError():
            return NobodyThere()
        case TimeoutError():
            return NoAnswer()
        case ssl.SSLEOFError() | ConnectionError() | IMAPClientError():
            return HungUp()
        case ssl.SSLError():
            return NoEncryption()
    return Unreachable()
