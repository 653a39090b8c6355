import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from tryggve.audit import canonical
from tryggve.controls.facts import Told
from tryggve.controls.models import Evidence


def digest(
    *,
    control: str,
    verdict: str,
    cause: str,
    facts: Mapping[str, Told],
    observed_at: datetime,
    received_at: datetime,
    valid_until: datetime | None,
) -> str:
    """What the log holds of a piece of evidence: SHA-256 over its canonical JSON (RFC 8785), in hexadecimal digits."""
    words = {
        "cause": cause,
        "control": control,
        "facts": dict(facts),
        "observed_at": _iso(observed_at),
        "received_at": _iso(received_at),
        "valid_until": _iso(valid_until) if valid_until else None,
        "verdict": verdict,
    }
    return hashlib.sha256(canonical.encode(words).encode()).hexdigest()


def digest_of(row: Evidence) -> str:
    """The same, of a row as it stands."""
    return digest(
        control=row.control,
        verdict=row.verdict,
        cause=row.cause,
        facts=row.facts,
        observed_at=row.observed_at,
        received_at=row.received_at,
        valid_until=row.valid_until,
    )


def _iso(moment: datetime) -> str:
    """Always with microseconds, so that it reads the same wherever it was kept."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
