from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args
from uuid import UUID

Compartment = Literal["general", "retained"]
Part = Literal["details", "sensitive", "files"]

GENERAL: Final = "general"

_LENGTH_BYTES = 4
_REVISION_BYTES = 8


@dataclass(frozen=True, kw_only=True)
class Binding:
    """Where a sealed blob belongs; it opens nowhere else. Raises ValueError for a binding that can't be."""

    type_name: str
    record: UUID
    subject: UUID
    part: Part
    revision: int
    compartment: Compartment = GENERAL

    def __post_init__(self) -> None:
        if not self.type_name:
            raise ValueError("a binding names its type")
        if self.part not in get_args(Part) or self.compartment not in get_args(Compartment):
            raise ValueError("a binding names a known part and compartment")
        if not 0 <= self.revision < 1 << (8 * _REVISION_BYTES):
            raise ValueError("a revision is a count")

    def encode(self, *, label: str, key_id: UUID) -> bytes:
        """The associated data of this binding for a blob under one key."""
        return encode_fields(
            label.encode(),
            self.type_name.encode(),
            self.record.bytes,
            self.subject.bytes,
            self.part.encode(),
            self.compartment.encode(),
            key_id.bytes,
            self.revision.to_bytes(_REVISION_BYTES),
        )


def encode_fields(*fields: bytes) -> bytes:
    """Each field after its length (4 bytes, big-endian): no two lists of fields give the same bytes."""
    return b"".join(_with_lengths(fields))


def _with_lengths(fields: Iterable[bytes]) -> Iterable[bytes]:
    for field in fields:
        yield len(field).to_bytes(_LENGTH_BYTES)
        yield field
