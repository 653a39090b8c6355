"""What an import leaves beside the register: rows set aside, columns without a field, values not taken over, images."""

from datetime import datetime

from django.db import transaction

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.customers import actions
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.services import images, import_batch


def forget_leavings(*, before: datetime, actor: str, at: datetime) -> int:
    """Destroy the keys of imports made before that: lists, rows set aside, columns without a field, images."""
    old = Import.objects.filter(made_at__lt=before, key_ref__isnull=False).exclude(
        state__in=(*import_batch.UNDER_WAY, Import.State.UNDOING)
    )
    forgotten = 0
    for row in old.only("pk", "key_ref", "former_key_ref"):
        vault.keyring().destroy_keys(filter(None, [row.key_ref, row.former_key_ref]))
        with transaction.atomic():
            Import.objects.filter(pk=row.pk).update(
                key_ref=None,
                former_key_ref=None,
                file_sealed=None,
                result_sealed=None,
                leftovers_sealed=None,
                decisions_sealed=None,
            )
            images.forget(batch=row.pk)
            audit.record(actions.IMPORT_FORGOTTEN, actor=actor, at=at, batch=str(row.pk))
        forgotten += 1
    return forgotten
