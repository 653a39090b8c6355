"""Whether what was agreed on with a server is still thought safe: BSI TR-02102-2, and NIST SP 800-52r2 §3."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tryggve.domains.exposure.engine.web import Certificate, Hole

_SHORTEST = {"rsa": 2048, "ec": 256, "ed": 256}
_HASHES = {"sha256", "sha384", "sha512", ""}  # none is named where the signature has its own
_ADAPTS = ("ECDHE-", "DHE-")
_SEALS = ("GCM", "CHACHA20", "CCM")
_NEWEST = "TLSv1.3"


class Weakness(StrEnum):
    """What an eavesdropper could use one day. The codes never change: they lie in the evidence."""

    OLD_WAYS = "old-ways"
    WEAK_CIPHER = "weak-cipher"
    SHORT_KEY = "short-key"
    OLD_SIGNATURE = "old-signature"


@dataclass(frozen=True, slots=True)
class Key:
    """A certificate's: ``kind`` is rsa, ec or ed, empty for any other; ``hashed_by`` is how the issuer signed."""

    kind: str
    bits: int
    hashed_by: str


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a browser of today agrees on with the server; ``takes_old`` is None where nobody could try."""

    version: str
    cipher: str
    certificate: Certificate
    key: Key
    takes_old: bool | None


@dataclass(frozen=True, slots=True)
class LineFindings:
    """What is wrong with the way to one address; without an answer there is nothing else to tell."""

    faults: tuple[Hole | Weakness, ...]
    encryption: str = ""
    days_left: int = 0
    is_old_tried: bool = True


def judged(found: Handshake, at: datetime) -> LineFindings:
    """What is wrong with it, the worst first."""
    told: dict[Hole | Weakness, bool] = {
        Weakness.OLD_WAYS: found.takes_old is True,
        Weakness.WEAK_CIPHER: not _is_strong(found.version, found.cipher),
        Weakness.SHORT_KEY: found.key.bits < _SHORTEST.get(found.key.kind, 0),
        Weakness.OLD_SIGNATURE: found.key.hashed_by not in _HASHES,
        Hole.CERTIFICATE_ENDS: found.certificate.ends_soon(at),
    }
    return LineFindings(
        tuple(fault for fault, is_so in told.items() if is_so),
        found.version.lower().replace(".", "-"),
        found.certificate.days_left(at),
        found.takes_old is not None,
    )


def _is_strong(version: str, cipher: str) -> bool:
    """A key for each visit, and nothing that can be changed unnoticed; the newest knows no other."""
    return version == _NEWEST or (cipher.startswith(_ADAPTS) and any(way in cipher for way in _SEALS))
