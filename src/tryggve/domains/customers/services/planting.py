"""A customer who is made up, and says one secret word everywhere: what Tryggve plants to look for it on the disk.

All is written by the services that write about anybody; the state alone keeps this one out of every list, count,
search and file.
"""

import io
from datetime import datetime
from typing import TypedDict
from uuid import UUID, uuid4

from tryggve import vault
from tryggve.accounts.policy import EVERYBODY, Reach
from tryggve.audit import actors
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import planted
from tryggve.domains.customers.services import documents, notes, records, sensitive
from tryggve.lib import write_points

_PLANTED = Customer.State.PLANTED


class _By(TypedDict):
    actor: str
    at: datetime
    reach: Reach


def plant(word: str, *, at: datetime) -> UUID:
    """Write the word as a customer's details, note, document and sensitive answer. Raises vault.Locked."""
    details = Details(name=word, note=f"{word} {word}", emails=(f"{word}@example.invalid",), tags=(word,))
    customer = records.add_customer(
        details=details, actor=actors.SYSTEM, at=at, state=_PLANTED, deed=actions.PLANTED
    )
    write_points.reached("customer: planted")
    by = _By(actor=actors.SYSTEM, at=at, reach=EVERYBODY)
    notes.add_note(customer=customer, text=word, **by)
    documents.add_document(
        customer=customer, name=f"{word}.txt", source=io.BytesIO(f"{word}\n".encode() * 100), **by
    )
    said = Sensitive(custom=((str(uuid4()), word),))
    sensitive.change_sensitive(customer=customer, seen_revision=0, sensitive=said, **by)
    return customer


def remove_planted(*, at: datetime) -> int:
    """Destroy every customer that was made up, also what a run that was killed has left; returns how many.

    The keys are nobody's, so that no erasure is entered in the ledger; one that a damaged row doesn't tell is collected
    with all that nobody owns. Raises vault.Locked.
    """
    rows = planted.left_behind()
    if rows:
        vault.keyring().destroy_keys([key for row in rows for key in _key_of(row)])
    for row in rows:
        records.remove(row.pk, actor=actors.SYSTEM, at=at, deed=actions.UNPLANTED)
    return len(rows)


def _key_of(row: Customer) -> list[UUID]:
    try:
        return [vault.key_id_of(bytes(row.details_sealed))]
    except vault.CannotOpen:
        return []


def says(customer: UUID, word: str) -> bool:
    """Whether what was planted can be read back by who has the keys. Raises vault.CannotOpen."""
    row = Customer.objects.get(pk=customer, state=_PLANTED)
    details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
    return details.name == word and word in dict(sealing.opened_sensitive(row).custom).values()
