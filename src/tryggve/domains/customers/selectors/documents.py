"""The files about a customer: which there are, one to be shown, one to be handed out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.accounts.policy.asking import require_within
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.document_files import place_of
from tryggve.domains.customers.engine import document_kinds, pictures
from tryggve.domains.customers.models import Customer, Document
from tryggve.lib import sandbox
from tryggve.lib.errors import Missing

_SHOWN_BYTES = 100_000
_PICTURES = sandbox.register(
    "tryggve.domains.customers.engine.pictures:drawn_anew",
    rehearsal="tryggve.domains.customers.engine.pictures:rehearse",
)
_LIMITS = sandbox.Limits(wall_seconds=30, cpu_seconds=20, memory_bytes=1024**3, output_bytes=16 * 1024**2)


class NoSuchDocument(Missing):
    """This customer has no such document, or its file isn't there."""


class NotShown(Missing):
    """The picture can't be drawn: it is damaged, too large, or meant to break who draws it."""


@dataclass(frozen=True)
class Described:
    """A document in a list: who added it is an actor of the log, ``file`` names its bytes."""

    id: UUID
    file: UUID
    name: str
    media_type: str
    size_bytes: int
    added_by: str
    added_at: datetime

    @property
    def is_picture(self) -> bool:
        return self.media_type in document_kinds.PICTURES

    @property
    def is_text(self) -> bool:
        return self.media_type == document_kinds.TEXT


def documents_of(customer: UUID) -> list[Described]:
    """The newest first; for who opens the card, which is logged there. One whose name doesn't open is left out."""
    rows = Document.objects.filter(customer_id=customer).order_by("-added_at", "-pk")
    return [described for row in rows if (described := _described(row)) is not None]


def document_shown(
    *, customer: UUID, document: UUID, actor: str, at: datetime, reach: Reach
) -> tuple[Described, str]:
    """A document for its page, and its beginning when it is text; the look is in the audit log.

    Raises NoSuchDocument, policy.Refused and vault.Locked.
    """
    found = _within_reach(customer, document, reach)
    text = ""
    if found.is_text:
        with _opened(customer, found) as file:
            text = document_kinds.as_text(file.read(_SHOWN_BYTES))
    audit.look(
        actions.DOCUMENT_READ, actor=actor, at=at, subject=customer, document=str(document), page="shown"
    )
    return found, text


def document_to_hand_out(
    *, customer: UUID, document: UUID, actor: str, at: datetime, reach: Reach
) -> tuple[Described, Iterator[bytes]]:
    """A document and its bytes in pieces; that it was fetched is in the audit log. Raises as document_shown does."""
    found = _within_reach(customer, document, reach)
    with _opened(customer, found):
        pass  # a file that isn't there is told before the answer begins
    audit.look(
        actions.DOCUMENT_READ, actor=actor, at=at, subject=customer, document=str(document), page="file"
    )
    return found, _pieces(customer, found)


def picture_drawn(*, customer: UUID, document: UUID, actor: str, at: datetime, reach: Reach) -> bytes:
    """A picture as a JPEG that a sealed-off child drew anew; the look is in the audit log.

    Raises NoSuchDocument, NotShown, policy.Refused and vault.Locked.
    """
    found = _within_reach(customer, document, reach)
    if not found.is_picture:
        raise NoSuchDocument
    with _opened(customer, found) as file:
        content = file.read()
    audit.look(
        actions.DOCUMENT_READ, actor=actor, at=at, subject=customer, document=str(document), page="picture"
    )
    try:
        with sandbox.run(_PICTURES, content, limits=_LIMITS) as parts:
            return pictures.picture_in(parts)
    except (sandbox.Failed, pictures.NoPicture) as cause:
        raise NotShown from cause


def _within_reach(customer: UUID, document: UUID, reach: Reach) -> Described:
    row = (
        Document.objects.filter(pk=document, customer_id=customer, customer__state=Customer.State.ACTIVE)
        .select_related("customer")
        .only(
            "file_ref",
            "name_sealed",
            "media_type",
            "size_bytes",
            "added_by",
            "added_at",
            "customer__responsible_ref",
        )
        .first()
    )
    if row is None:
        raise NoSuchDocument
    require_within(reach, row.customer.responsible_ref)
    found = _described(row)
    if found is None:
        raise NoSuchDocument
    return found


def _described(row: Document) -> Described | None:
    binding = sealing.document_name_binding(row.pk, row.customer_id)
    try:
        name = vault.keyring().open(bytes(row.name_sealed), bound_to=binding).decode()
    except vault.CannotOpen:
        return None
    return Described(row.pk, row.file_ref, name, row.media_type, row.size_bytes, row.added_by, row.added_at)


@contextmanager
def _opened(customer: UUID, document: Described) -> Iterator[vault.SealedReader]:
    binding = sealing.document_binding(document.id, customer)
    try:
        with vault.open_file(place_of(document.file), bound_to=binding) as file:
            yield file
    except (vault.CannotOpen, FileNotFoundError) as cause:
        raise NoSuchDocument from cause


def pieces_of(customer: UUID, document: UUID) -> Iterator[bytes]:
    """The bytes of one document; the caller logs that it leaves. Raises NoSuchDocument."""
    row = Document.objects.filter(pk=document, customer_id=customer).first()
    found = row and _described(row)
    if not found:
        raise NoSuchDocument
    yield from _pieces(customer, found)


def _pieces(customer: UUID, document: Described) -> Iterator[bytes]:
    with _opened(customer, document) as file:
        while piece := file.read1():
            yield piece
