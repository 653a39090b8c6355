"""Greeting a server as a browser of today does, and once more as one of long ago."""

import socket
import ssl
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa

from tryggve.domains.exposure.asking import fetching
from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.engine.encryption import Handshake, Key
from tryggve.domains.exposure.engine.questions import Asks, Unread
from tryggve.domains.exposure.engine.web import Hole, Unfetched

_NEVER_SENT = {"NO_PROTOCOLS_AVAILABLE", "NO_CIPHERS_AVAILABLE"}


@dataclass(frozen=True, slots=True)
class Door:
    """An address that answers encrypted; one's own may lie within walls, and is asked for as this computer does."""

    host: str
    port: int
    is_own: bool = False


def shake(asks: Asks, door: Door, reach: Reach) -> Handshake:
    """Greet the server twice. Raises Unfetched, and Unread where there is no way to know."""
    ends = time.monotonic() + reach.seconds_in_all
    addresses = _own_addresses(door) if door.is_own else fetching.addresses(asks, door.host, reach)
    with fetching.line_to(addresses, door.port, min(reach.seconds, ends - time.monotonic())) as line:
        context = ssl.create_default_context(cafile=reach.authority or None)
        with context.wrap_socket(line, server_hostname=door.host) as sealed:
            agreed = sealed.cipher()
            told = sealed.getpeercert(binary_form=True) or b""
            version, certificate = sealed.version() or "", fetching.certificate(sealed)
    cipher = agreed[0] if agreed else ""
    takes_old = _takes_old(addresses, door, min(reach.seconds, max(0.1, ends - time.monotonic())))
    return Handshake(version, cipher, certificate, _key(told), takes_old)


def _own_addresses(door: Door) -> Sequence[str]:
    try:
        found = socket.getaddrinfo(door.host, door.port, type=socket.SOCK_STREAM)
    except OSError:
        raise Unfetched(Hole.NO_SUCH_NAME) from None
    return list(dict.fromkeys(str(place[0]) for *_kind, place in found))


def _takes_old(addresses: Sequence[str], door: Door, seconds: float) -> bool | None:
    """Whether the server still speaks TLS 1.0 or 1.1 (RFC 8996); None where it wasn't asked, or didn't say."""
    context = _of_long_ago()
    if context is None:
        return None
    try:
        with fetching.line_to(addresses, door.port, seconds) as line:
            return _greets(context, line)
    except (Unfetched, Unread):
        return None


def _greets(context: ssl.SSLContext, line: socket.socket) -> bool | None:
    try:
        context.wrap_socket(line).close()
    except ssl.SSLError as error:
        return None if error.reason in _NEVER_SENT else False
    except ConnectionError:
        return False
    return True


def _of_long_ago() -> ssl.SSLContext | None:
    if not ssl.HAS_TLSv1_1:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _key(told: bytes) -> Key:
    try:
        certificate = x509.load_der_x509_certificate(told)
        public, signed = certificate.public_key(), certificate.signature_hash_algorithm
    except (ValueError, TypeError):
        return Key("", 0, "")
    hashed = signed.name if signed else ""
    match public:
        case rsa.RSAPublicKey():
            return Key("rsa", public.key_size, hashed)
        case ec.EllipticCurvePublicKey():
            return Key("ec", public.key_size, hashed)
        case ed25519.Ed25519PublicKey() | ed448.Ed448PublicKey():
            return Key("ed", 256, hashed)
    return Key("", 0, hashed)
