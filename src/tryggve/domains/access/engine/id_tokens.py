"""The signed statement of who somebody is (OpenID Connect Core 1.0 §2 and §3.1.3.7).

The signature is always verified, also where the standard would let it be.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.types import Options

from tryggve.domains.access.engine.openid import NotUsable, Trouble

# Signed with the provider's own key alone: neither unsigned nor by the secret that both know.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
CLOCKS_APART_SECONDS = 120.0
LONGEST_SUBJECT = 191  # what the table of identities holds
_SMALLEST_RSA_BITS = 2048
_MFA = "mfa"  # RFC 8176 §2
# How providers name a whole sign-in with two factors: OpenID's PAPE 1.0 §4, and REFEDS' profile of research networks.
_MFA_CLASSES = {
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    "https://refeds.org/profile/mfa",
}


# Times and names are looked at here, by the clock that is passed in.
_ONLY_SIGNATURE: Options = {
    "verify_signature": True, "verify_exp": False, "verify_nbf": False, "verify_iat": False,
    "verify_aud": False, "verify_iss": False, "verify_sub": False, "verify_jti": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at the provider. ``email`` is empty unless the provider says that it verified it."""

    issuer: str
    subject: str
    email: str
    is_with_factor: bool


def identity_in(
    token: object, keys: Mapping[str, object], *, issuer: str, client_id: str, nonce: str, now: float
) -> Identity:
    """Who the token says, if this issuer signed it for us in answer to our question. Raises NotUsable.

    ``now`` is in seconds since 1970.
    """
    return _identity(claims_in(token, keys, issuer=issuer, client_id=client_id, nonce=nonce, now=now), issuer)


def claims_in(
    token: object, keys: Mapping[str, object], *, issuer: str, client_id: str, nonce: str, now: float
) -> Mapping[str, Any]:
    """All that the token says, as ``identity_in`` has proven it. Raises NotUsable."""
    claims = _signed(token, keys)
    if claims.get("iss") != issuer:
        raise NotUsable(Trouble.ISSUER)
    _require_for_us(claims, client_id)
    _require_fresh(claims, now)
    said = claims.get("nonce")
    if not isinstance(said, str) or not secrets.compare_digest(said.encode(), nonce.encode()):
        raise NotUsable(Trouble.NONCE)
    return claims


def verified_email(claims: Mapping[str, Any]) -> str:
    """Empty unless the provider says that it verified it."""
    email = claims.get("email")
    is_verified = claims.get("email_verified") is True and isinstance(email, str)
    return str(email).strip().lower() if is_verified else ""


def _signed(token: object, keys: Mapping[str, object]) -> dict[str, Any]:
    if not isinstance(token, str):
        raise NotUsable(Trouble.NOT_READABLE)
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise NotUsable(Trouble.ALGORITHM)
        key = _key(keys, header)
        claims: dict[str, Any] = jwt.decode(token, key, algorithms=[header["alg"]], options=_ONLY_SIGNATURE)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise NotUsable(Trouble.KEY) from None
    return claims


def _key(keys: Mapping[str, object], header: Mapping[str, Any]) -> jwt.PyJWK:
    """The one published key that may have signed it: by its name, or the only one where none is named."""
    published = keys.get("keys")
    listed = [one for one in published if isinstance(one, dict)] if isinstance(published, list) else []
    fitting = [one for one in listed if one.get("use", "sig") == "sig" and _may_sign(one, header)]
    if len(fitting) != 1:
        raise NotUsable(Trouble.KEY)
    key = jwt.PyJWK(fitting[0], algorithm=header["alg"])
    if isinstance(key.key, RSAPublicKey) and key.key.key_size < _SMALLEST_RSA_BITS:
        raise NotUsable(Trouble.KEY)
    return key


def _may_sign(key: Mapping[str, Any], header: Mapping[str, Any]) -> bool:
    kinds = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
    is_of_kind = key.get("kty") == kinds[header["alg"][:2]] and key.get("alg", header["alg"]) == header["alg"]
    return is_of_kind and ("kid" not in header or key.get("kid") == header["kid"])


def _require_for_us(claims: Mapping[str, Any], client_id: str) -> None:
    named = claims.get("aud")
    audience = named if isinstance(named, list) else [named]
    # With others named beside us, it must say that it was made for us (§3.1.3.7, 3 to 5).
    maker = claims.get("azp", client_id if len(audience) == 1 else None)
    if client_id not in audience or maker != client_id:
        raise NotUsable(Trouble.AUDIENCE)


def _require_fresh(claims: Mapping[str, Any], now: float) -> None:
    until, since = _time(claims, "exp"), _time(claims, "iat")
    if not since - CLOCKS_APART_SECONDS <= now < until + CLOCKS_APART_SECONDS:
        raise NotUsable(Trouble.EXPIRED)


def _time(claims: Mapping[str, Any], name: str) -> float:
    found = claims.get(name)
    if not isinstance(found, int | float) or isinstance(found, bool):
        raise NotUsable(Trouble.EXPIRED)
    return float(found)


def _identity(claims: Mapping[str, Any], issuer: str) -> Identity:
    subject, methods = claims.get("sub"), claims.get("amr")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise NotUsable(Trouble.SUBJECT)
    return Identity(
        issuer=issuer,
        subject=subject,
        email=verified_email(claims),
        is_with_factor=(isinstance(methods, list) and _MFA in methods) or _is_class(claims.get("acr")),
    )


def _is_class(said: object) -> bool:
    return isinstance(said, str) and said in _MFA_CLASSES
