"""What people write about something that happened: sealed under the service key, each text for its place alone."""

from typing import Literal
from uuid import UUID

from tryggve import vault

Part = Literal["words", "answer", "note"]
LONGEST = 5_000


def sealed(text: str, *, report: UUID, part: Part) -> bytes | None:
    """As a row keeps it; None for nothing. Raises vault.Locked."""
    said = text.strip()
    return vault.seal_for_service(_purpose(report, part), said.encode()) if said else None


def opened(blob: bytes | memoryview | None, *, report: UUID, part: Part) -> str | None:
    """What was written, empty for nothing; None for what is damaged. Raises vault.Locked."""
    if blob is None:
        return ""
    try:
        return vault.open_for_service(_purpose(report, part), bytes(blob)).decode()
    except vault.CannotOpen:
        return None


def _purpose(report: UUID, part: Part) -> str:
    return f"incidents report {report} {part}"
