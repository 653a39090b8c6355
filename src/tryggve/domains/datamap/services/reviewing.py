"""Somebody looks at a file and says why it may stay."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.datamap import actions, sealing
from tryggve.domains.datamap.known import NoSuchFile
from tryggve.domains.datamap.models import File, Review


@transaction.atomic
def review(*, file: UUID, reason: str, actor: str, at: datetime) -> None:
    """Until the file is changed it isn't asked about again. Raises NoSuchFile and vault.Locked."""
    row = File.objects.select_for_update().select_related("source").filter(pk=file).first()
    if row is None or row.state == File.State.GONE:
        raise NoSuchFile(file)
    sealed = vault.keyring().seal(
        reason.strip().encode(), key=row.source.key_ref, bound_to=sealing.reason_binding(file, row.source_id)
    )
    Review.objects.update_or_create(
        file=row, defaults={"reason_sealed": sealed, "reviewed_by": actor, "reviewed_at": at}
    )
    File.objects.filter(pk=file).update(state=File.State.REVIEWED)
    audit.record(actions.FILE_REVIEWED, actor=actor, at=at, file=str(file))


@transaction.atomic
def take_back(*, file: UUID, actor: str, at: datetime) -> None:
    """It is asked about again. Raises NoSuchFile."""
    if not File.objects.filter(pk=file, state=File.State.REVIEWED).update(state=File.State.THERE):
        raise NoSuchFile(file)
    Review.objects.filter(file=file).delete()
    audit.record(actions.REVIEW_TAKEN_BACK, actor=actor, at=at, file=str(file))
