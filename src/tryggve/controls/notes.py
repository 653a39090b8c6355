"""What somebody wrote in their own words about a control, or put with it: sealed under their own key."""

from uuid import UUID

from tryggve import vault
from tryggve.accounts import staff_keys
from tryggve.accounts.models import User
from tryggve.controls.models import Attestation, AttestationFile, Statement

_NOTE, _FILE, _FILE_NAME = "controls.statement", "controls.file", "controls.file-name"


def sealed(note: str, *, statement: UUID, by: User) -> bytes | None:
    """The note as a row keeps it; None for none. Raises as vault.staff_keyring does."""
    return _sealed(note.encode(), _NOTE, statement=statement, by=by) if note else None


def sealed_file(name: str, content: bytes, *, attestation: Attestation, by: User) -> AttestationFile:
    """The file as a row, not saved yet. Raises as vault.staff_keyring does."""
    return AttestationFile(
        attestation=attestation,
        size_bytes=len(content),
        name_sealed=_sealed(name.encode(), _FILE_NAME, statement=attestation.pk, by=by),
        content_sealed=_sealed(content, _FILE, statement=attestation.pk, by=by),
    )


def opened(statement: Statement) -> str:
    """The note, empty if there is none. Raises vault.CannotOpen, and as vault.staff_keyring does."""
    return "" if statement.note_sealed is None else _opened(statement.note_sealed, _NOTE, statement).decode()


def opened_file_name(file: AttestationFile) -> str:
    """What the file was called. Raises vault.CannotOpen, and as vault.staff_keyring does."""
    return _opened(file.name_sealed, _FILE_NAME, file.attestation).decode()


def opened_file(file: AttestationFile) -> bytes:
    """What is in it. Raises vault.CannotOpen, and as vault.staff_keyring does."""
    return _opened(file.content_sealed, _FILE, file.attestation)


def _sealed(content: bytes, type_name: str, *, statement: UUID, by: User) -> bytes:
    key = staff_keys.key_of(by)
    return vault.staff_keyring().seal(content, key=key, bound_to=_binding(statement, by.pk, type_name))


def _opened(blob: bytes | memoryview, type_name: str, statement: Statement) -> bytes:
    return vault.staff_keyring().open(
        bytes(blob), bound_to=_binding(statement.pk, statement.by_ref, type_name)
    )


def _binding(statement: UUID, by: UUID, type_name: str) -> vault.Binding:
    return vault.Binding(
        type_name=type_name,
        record=statement,
        subject=by,
        part="details",
        revision=1,
        compartment=vault.STAFF,
    )
