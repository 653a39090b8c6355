"""How what is known of sources and files is bound to its row: under the key of the source."""

import json
from typing import Any
from uuid import UUID

from tryggve import vault
from tryggve.domains.datamap import value_tags


def source_binding(source: UUID) -> vault.Binding:
    return _binding("datamap.source", source, source)


def place_binding(file: UUID, source: UUID) -> vault.Binding:
    return _binding("datamap.file-place", file, source)


def found_binding(file: UUID, source: UUID) -> vault.Binding:
    return _binding("datamap.file-found", file, source)


def reason_binding(file: UUID, source: UUID) -> vault.Binding:
    return _binding("datamap.review-reason", file, source)


def copy_binding(copy: UUID) -> vault.Binding:
    """The bytes of a deleted file, under a key of the copy's own."""
    return vault.Binding(type_name="datamap.safe-copy", record=copy, subject=copy, part="files", revision=1)


def receipt_binding(copy: UUID) -> vault.Binding:
    """What its receipt says, under the same key."""
    return vault.Binding(
        type_name="datamap.safe-copy-receipt", record=copy, subject=copy, part="details", revision=1
    )


def tie_binding(tag: bytes) -> vault.Binding:
    """Whose a value is, under the key that makes the tags: it is known only while they are."""
    record = UUID(bytes=tag)
    return vault.Binding(
        type_name="datamap.tie", record=record, subject=value_tags.REGISTER, part="details", revision=1
    )


def to_bytes(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(plaintext: bytes) -> Any:
    """Raises vault.Damaged."""
    try:
        return json.loads(plaintext)
    except ValueError:
        raise vault.Damaged from None


def _binding(type_name: str, record: UUID, source: UUID) -> vault.Binding:
    return vault.Binding(type_name=type_name, record=record, subject=source, part="details", revision=1)
