"""OpenID Connect with the authorization code: what a provider publishes, and the question a browser carries there.

OpenID Connect Core 1.0 and Discovery 1.0; PKCE is RFC 7636, the issuer in the answer RFC 9207.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlencode, urlsplit

DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid email"
_BY_FORM, _BY_HEADER = "client_secret_post", "client_secret_basic"


class Trouble(StrEnum):
    """What is wrong with a provider, or with what came back from it."""

    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    TOO_SLOW = "too-slow"
    REDIRECTED = "redirected"
    NOT_FOUND = "not-found"
    NOT_READABLE = "not-readable"
    NOT_ENCRYPTED = "not-encrypted"
    INCOMPLETE = "incomplete"
    OTHER_ISSUER = "other-issuer"
    NO_PKCE = "no-pkce"
    WRONG_SECRET = "wrong-secret"  # noqa: S105 - a code
    CANCELLED = "cancelled"
    REFUSED = "refused"
    NOT_ASKED = "not-asked"
    CODE = "code"
    ALGORITHM = "algorithm"
    KEY = "key"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    NONCE = "nonce"
    SUBJECT = "subject"


class NotUsable(Exception):
    """Holds a code only, never what the provider wrote."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a provider answers. ``says_issuer``: its answers name it. ``secret_in_form``: else in the header."""

    issuer: str
    authorization: str
    token: str
    keys: str
    says_issuer: bool
    secret_in_form: bool


def is_loopback(host: str) -> bool:
    """Whether the name can only mean this computer."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def split(address: str, *, may_be_here: bool) -> SplitResult:
    """The parts of an address that may be called: encrypted, or on this computer. Raises NotUsable."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _port = parts.port
    except ValueError:
        raise NotUsable(Trouble.INCOMPLETE) from None
    if (
        not host
        or "@" in parts.netloc
        or parts.fragment
        or not address.isascii()
        or not address.isprintable()
    ):
        raise NotUsable(Trouble.INCOMPLETE)
    if parts.scheme != "https" and not (parts.scheme == "http" and may_be_here and is_loopback(host)):
        raise NotUsable(Trouble.NOT_ENCRYPTED)
    return parts


def discovery_of(issuer: str) -> str:
    """Where a provider publishes itself (Discovery §4). Raises NotUsable."""
    if split(issuer, may_be_here=True).query:
        raise NotUsable(Trouble.INCOMPLETE)
    return issuer.removesuffix("/") + DISCOVERY


def endpoints_of(document: Mapping[str, object], *, issuer: str) -> Endpoints:
    """What the published document says, if it is this issuer's, to the letter (Discovery §4.3). Raises NotUsable."""
    if document.get("issuer") != issuer:
        raise NotUsable(Trouble.OTHER_ISSUER)
    if "S256" not in _listed(document, "code_challenge_methods_supported", otherwise="S256"):
        raise NotUsable(Trouble.NO_PKCE)
    # A provider elsewhere must not make this computer call itself.
    is_here = is_loopback(urlsplit(issuer).hostname or "")
    return Endpoints(
        issuer=issuer,
        authorization=_address(document, "authorization_endpoint", is_here),
        token=_address(document, "token_endpoint", is_here),
        keys=_address(document, "jwks_uri", is_here),
        says_issuer=document.get("authorization_response_iss_parameter_supported") is True,
        secret_in_form=_BY_FORM
        in _listed(document, "token_endpoint_auth_methods_supported", otherwise=_BY_HEADER),
    )


def question(
    endpoints: Endpoints,
    *,
    client_id: str,
    redirect_uri: str,
    state: str,
    nonce: str,
    challenge: str,
    scope: str = SCOPE,
    acr_values: str = "",
) -> str:
    """The address that the browser is sent to (Core §3.1.2.1)."""
    asked = {
        **({"acr_values": acr_values} if acr_values else {}),
        "response_type": "code", "scope": scope, "client_id": client_id, "redirect_uri": redirect_uri,
        "state": state, "nonce": nonce, "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{endpoints.authorization}{'&' if '?' in endpoints.authorization else '?'}{urlencode(asked)}"


def code_in(answer: Mapping[str, str], *, endpoints: Endpoints) -> str:
    """The code that the browser brought back, from this provider and no other (RFC 9207 §2.4). Raises NotUsable."""
    said = answer.get("iss")
    if (said is None and endpoints.says_issuer) or (said is not None and said != endpoints.issuer):
        raise NotUsable(Trouble.ISSUER)
    if "error" in answer:
        raise NotUsable(Trouble.CANCELLED if answer["error"] == "access_denied" else Trouble.REFUSED)
    if not answer.get("code"):
        raise NotUsable(Trouble.REFUSED)
    return answer["code"]


def _address(document: Mapping[str, object], name: str, is_here: bool) -> str:
    found = document.get(name)
    if not isinstance(found, str):
        raise NotUsable(Trouble.INCOMPLETE)
    split(found, may_be_here=is_here)
    return found


def _listed(document: Mapping[str, object], name: str, *, otherwise: str) -> list[object]:
    found = document.get(name, [otherwise])
    return found if isinstance(found, list) else []
