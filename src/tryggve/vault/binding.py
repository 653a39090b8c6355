from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args
from uuid import UUID

Compartment = Literal["general", "retained", "staff"]
Part = Literal["details", "sensitive", "files"]

GENERAL: Final = "general"
STAFF: Final = "staff"

_LENGTH_BYTES = 4
_REVISION_BYTES = 8
# Worked out once: a register is sealed and opened a hundred thousand bindings at a time.
_PARTS, _COMPARTMENTS = frozenset(get_args(Part)), frozenset(get_args(Compartment))
_LENGTHS = tuple(length.to_bytes(_LENGTH_BYTES) for length in range(256))
_LENGTH_OF_ID, _LENGTH_OF_REVISION = _LENGTHS[16], _LENGTHS[_REVISION_BYTES]


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
        if self.part not in _PARTS or self.compartment not in _COMPARTMENTS:
            raise ValueError("a binding names a known part and compartment")
        if not 0 <= self.revision < 1 << (8 * _REVISION_BYTES):
            raise ValueError("a revision is a count")

    def encode(self, *, label: str, key_id: UUID) -> bytes:
        """The associated data of this binding for a blob under one key."""
        return b"".join(
            (
                encode_texts(label, self.type_name),
                encode_id(self.record),
                encode_id(self.subject),
                encode_texts(self.part, self.compartment),
                encode_id(key_id),
                _LENGTH_OF_REVISION,
                self.revision.to_bytes(_REVISION_BYTES),
            )
        )


def encode_fields(*fields: bytes) -> bytes:
    """Each field after its length (4 bytes, big-endian): no two lists of fields give the same bytes."""
    return b"".join([part for field in fields for part in (_length(field), field)])


@lru_cache(maxsize=256)
def encode_texts(*texts: str) -> bytes:
    """What encode_fields gives for these texts, in UTF-8; for the few that stand in every binding."""
    return encode_fields(*(text.encode() for text in texts))


def encode_id(id: UUID) -> bytes:
    """What encode_fields gives for the bytes of an id."""
    return _LENGTH_OF_ID + id.bytes


def _length(field: bytes) -> bytes:
    length = len(field)
    return _LENGTHS[length] if length < len(_LENGTHS) else length.to_bytes(_LENGTH_BYTES)
