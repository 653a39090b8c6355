"""What a sealed file begins with: ``version (1) | the file's own key, sealed as a blob (77)``.

The file's key is random and sealed under the subject's key as any other document is. So a sealed file dies with that
key, belongs to one binding, and gives the same errors as a blob.
"""

import secrets
from dataclasses import replace
from typing import Final, Protocol
from uuid import UUID

from tryggve.vault import derivation, sealing
from tryggve.vault.binding import Binding, encode_fields
from tryggve.vault.keys import Keyring
from tryggve.vault.sealed_files.chunks import Chunks
from tryggve.vault.sealing import Damaged, NewerFormat

VERSION: Final = 1
HEADER_BYTES: Final = 1 + sealing.SHORTEST + derivation.KEY_BYTES

_LABEL = "tryggve/1/sealed-file"


class Opening(Protocol):
    """What opens blobs: a keyring, or the keys of a copied key store."""

    def open(self, blob: bytes, *, bound_to: Binding) -> bytes: ...


def new(ring: Keyring, *, key: UUID, bound_to: Binding) -> tuple[bytes, Chunks]:
    """The header of a new file, and what seals its chunks. Raises as Keyring.seal does."""
    file_key = secrets.token_bytes(derivation.KEY_BYTES)
    header = bytes([VERSION]) + ring.seal(file_key, key=key, bound_to=key_binding(bound_to))
    return header, chunks_of(header, file_key, bound_to=bound_to)


def read(header: bytes, keys: Opening, *, bound_to: Binding) -> Chunks:
    """What opens the chunks of the file with this header. Raises as Keyring.open does."""
    if header and header[0] > VERSION:
        raise NewerFormat
    if header[:1] != bytes([VERSION]):
        raise Damaged
    file_key = keys.open(header[1:], bound_to=key_binding(bound_to))
    return chunks_of(header, file_key, bound_to=bound_to)


def chunks_of(header: bytes, file_key: bytes, *, bound_to: Binding) -> Chunks:
    """The chunks of one file, each bound to its header and binding."""
    binding = bound_to.encode(label=_LABEL, key_id=sealing.key_id_of(header[1:]))
    return Chunks(file_key, associated=encode_fields(header, binding))


def key_binding(bound_to: Binding) -> Binding:
    """Where the file's key belongs: no other blob of the record opens in its place."""
    if bound_to.part != "files":
        raise ValueError("a sealed file belongs to the part «files»")
    return replace(bound_to, type_name=f"{bound_to.type_name} file key")
