"""What an entry says in words: sealed under the subject's own key, bound to the leaf by a salted commitment."""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID, uuid4

from tryggve import vault
from tryggve.audit import canonical
from tryggve.audit.models import Entry
from tryggve.vault.binding import STAFF, Compartment

SALT_BYTES = 16

_TYPE_NAME = "audit.entry"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class BadDetails(ValueError):
    """Details are text by names like ``reason``, about a subject, under that subject's key."""


class CommitmentBroken(Exception):
    """The details aren't those that the leaf was made with."""


@dataclass(frozen=True)
class Details:
    """Free text and personal facts of one entry, and the key of its subject that seals them.

    A customer's key is in the compartment ``general``, a staff member's in ``staff``.
    """

    words: Mapping[str, str] = field(repr=False)
    key: UUID
    compartment: Compartment = vault.GENERAL


@dataclass(frozen=True)
class Sealed:
    """Details as a row keeps them."""

    id: UUID
    compartment: Compartment
    blob: bytes
    commitment: str


@dataclass(frozen=True)
class Told:
    """The details of one entry, or why they can't be read: the key was destroyed, is locked away, or they are damaged.

    ``words`` and ``salt`` are there only when they are open.
    """

    state: Literal["open", "erased", "locked", "damaged"]
    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    salt: bytes = field(default=b"", repr=False)


def seal(details: Details, *, subject: UUID) -> Sealed:
    """Seal with a fresh salt. Raises BadDetails, and as the keyring does."""
    if not all(_NAME.fullmatch(name) and isinstance(text, str) for name, text in details.words.items()):
        raise BadDetails
    id, salt = uuid4(), secrets.token_bytes(SALT_BYTES)
    salted = salt + canonical.encode(dict(details.words)).encode()
    bound_to = _binding(id, subject, details.compartment)
    blob = _ring(details.compartment).seal(salted, key=details.key, bound_to=bound_to)
    return Sealed(id, details.compartment, blob, hashlib.sha256(salted).hexdigest())


def told(entries: Sequence[Entry]) -> dict[int, Told]:
    """By entry id, the details of those that have any; the keys are fetched at once. The caller logs the look."""
    found: dict[int, Told] = {}
    for compartment, some in _by_compartment(entries):
        try:
            found |= _opened_all(compartment, some)
        except vault.Locked:
            found |= {entry.pk: Told("locked") for entry in some}
    return found


def opened(entries: Sequence[Entry]) -> dict[int, Told]:
    """As told. Raises Locked."""
    found: dict[int, Told] = {}
    for compartment, some in _by_compartment(entries):
        found |= _opened_all(compartment, some)
    return found


def _by_compartment(entries: Sequence[Entry]) -> list[tuple[Compartment, list[Entry]]]:
    having = [entry for entry in entries if entry.commitment is not None]
    staff = [entry for entry in having if entry.details_compartment == STAFF]
    others = [entry for entry in having if entry.details_compartment != STAFF]
    parts: list[tuple[Compartment, list[Entry]]] = [(STAFF, staff), (vault.GENERAL, others)]
    return [(compartment, some) for compartment, some in parts if some]


def _opened_all(compartment: Compartment, entries: Sequence[Entry]) -> dict[int, Told]:
    blobs = [bytes(entry.details_sealed or b"") for entry in entries]
    keys = _ring(compartment).loaded(_keys_of(blobs))
    return {
        entry.pk: _told_one(keys, compartment, entry, blob)
        for entry, blob in zip(entries, blobs, strict=True)
    }


def _keys_of(blobs: Sequence[bytes]) -> set[UUID]:
    found = set()
    for blob in blobs:
        try:
            found.add(vault.key_id_of(blob))
        except vault.CannotOpen:
            continue  # told of when that one is opened
    return found


def _told_one(keys: vault.Loaded, compartment: Compartment, entry: Entry, blob: bytes) -> Told:
    try:
        return _opened(keys, compartment, entry, blob)
    except vault.KeyGone:
        return Told("erased")
    except (vault.CannotOpen, CommitmentBroken, ValueError):
        return Told("damaged")


def _opened(keys: vault.Loaded, compartment: Compartment, entry: Entry, blob: bytes) -> Told:
    if entry.details_id is None or entry.subject is None or entry.details_compartment != compartment:
        raise CommitmentBroken
    salted = keys.open(blob, bound_to=_binding(entry.details_id, entry.subject, compartment))
    if hashlib.sha256(salted).hexdigest() != entry.commitment:
        raise CommitmentBroken
    return Told("open", json.loads(salted[SALT_BYTES:]), salted[:SALT_BYTES])


def _binding(id: UUID, subject: UUID, compartment: Compartment) -> vault.Binding:
    return vault.Binding(
        type_name=_TYPE_NAME, record=id, subject=subject, part="details", revision=1, compartment=compartment
    )


def _ring(compartment: Compartment) -> vault.Keyring:
    return vault.staff_keyring() if compartment == STAFF else vault.keyring()
