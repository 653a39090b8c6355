"""Files about a customer, sealed one by one under the customer's key."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.document_files import folder, place_of, remove_files
from tryggve.domains.customers.engine import document_kinds
from tryggve.domains.customers.models import Customer, Document
from tryggve.domains.customers.services.records import AlreadyGone
from tryggve.domains.customers.services.standing import require_usable
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id

LARGEST_BYTES = 25 * 1024 * 1024
MOST = 200

_KEPT_WITHOUT_ROW = timedelta(days=1)
logger = logging.getLogger(__name__)


class TooManyDocuments(Refusal):
    """One card holds no more."""


class DocumentGone(Refusal):
    """Somebody else removed the document."""


def in_force(customer: UUID, reach: Reach, *, is_locked: bool = False) -> Customer:
    """The customer whom somebody may reach, to write about; ``is_locked``: until the caller's transaction ends.

    Raises AlreadyGone, Restricted and policy.Refused.
    """
    rows = Customer.objects.filter(pk=customer, state__in=Customer.WRITTEN_ABOUT)
    rows = rows.select_for_update() if is_locked else rows
    row = rows.only("details_sealed", "responsible_ref", "restricted_at").first()
    if row is None:
        raise AlreadyGone(_("This customer was deleted already."))
    require_usable(row, reach)
    return row


def add_document(
    *, customer: UUID, name: str, source: BinaryIO, actor: str, at: datetime, reach: Reach
) -> UUID:
    """Keep a file about the customer, sealed; what is in it isn't looked at beyond its first bytes.

    The sealed file comes first and the row after it: cut between, the file is collected as left over.
    Raises AlreadyGone, TooManyDocuments, vault.FileNotKept, and policy.Refused.
    """
    key = vault.key_id_of(bytes(in_force(customer, reach).details_sealed))
    _require_room(customer)
    document, file = new_id(), new_id()
    kind = document_kinds.kind_of(source.read(document_kinds.FIRST_BYTES))
    source.seek(0)
    place = place_of(file)
    folder().mkdir(mode=0o700, exist_ok=True)
    size = vault.seal_file(source, place, key=key, bound_to=sealing.document_binding(document, customer))
    write_points.reached("document: file sealed")
    try:
        with transaction.atomic():
            in_force(customer, reach, is_locked=True)
            _require_room(customer)
            named = vault.keyring().seal(
                document_kinds.clean_name(name).encode(),
                key=key,
                bound_to=sealing.document_name_binding(document, customer),
            )
            Document.objects.create(
                pk=document,
                customer_id=customer,
                file_ref=file,
                name_sealed=named,
                media_type=kind,
                size_bytes=size,
                added_by=actor,
                added_at=at,
            )
            audit.record(actions.DOCUMENT_ADDED, actor=actor, at=at, subject=customer, document=str(document))
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return document


def remove_document(*, customer: UUID, document: UUID, actor: str, at: datetime, reach: Reach) -> None:
    """Delete a document for good. Raises AlreadyGone, DocumentGone and policy.Refused."""
    with transaction.atomic():
        in_force(customer, reach, is_locked=True)
        row = Document.objects.filter(pk=document, customer_id=customer).first()
        if row is None:
            raise DocumentGone(_("This document was removed already."))
        row.delete()
        audit.record(actions.DOCUMENT_REMOVED, actor=actor, at=at, subject=customer, document=str(document))
    remove_files([row.file_ref])


def erase_documents(customer: UUID) -> int:
    """Remove the rows, and the sealed files when the transaction is committed; returns how many."""
    there = dict(Document.objects.filter(customer_id=customer).values_list("pk", "file_ref"))
    Document.objects.filter(pk__in=there).delete()
    transaction.on_commit(lambda: remove_files(there.values()))
    return len(there)


def collect_documents(*, at: datetime) -> int:
    """Remove sealed files that no row names since a day; returns how many."""
    if not folder().is_dir():
        return 0
    old = (at - _KEPT_WITHOUT_ROW).timestamp()
    found = {path.name: path for path in folder().iterdir() if path.stat().st_mtime < old}
    named = {one.hex for some in sealing.batches(found) for one in _known(some)}
    left = [path for name, path in found.items() if name not in named]
    for path in left:
        path.unlink(missing_ok=True)
    if left:
        logger.warning("sealed files that nothing names were removed", extra={"facts": {"count": len(left)}})
    return len(left)


def _known(names: Iterable[str]) -> Iterable[UUID]:
    ids = []
    for name in names:
        try:
            ids.append(UUID(hex=name))
        except ValueError:
            continue
    return Document.objects.filter(file_ref__in=ids).values_list("file_ref", flat=True)


def _require_room(customer: UUID) -> None:
    if Document.objects.filter(customer_id=customer).count() >= MOST:
        raise TooManyDocuments(
            _("There are %(count)d documents on this card, and it takes no more. Nothing was kept.")
            % {"count": MOST}
        )
