"""What an import leaves beside the register: rows set aside, columns without a field, values not taken over."""

import json
import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.services import import_batch

logger = logging.getLogger(__name__)

_TIED = ("kept", "not_taken")


def forget_customer(*, customer: UUID) -> int:
    """Take out of every import what it kept of this customer; returns of how many imports.

    Rows set aside became nobody's customer, so nothing ties them to one; they go with the import's key.
    """
    changed = 0
    held = Import.objects.exclude(key_ref=None).exclude(leftovers_sealed=None)
    for batch in held.values_list("pk", flat=True):
        with transaction.atomic():
            changed += _forget_in(batch, str(customer))
    return changed


def _forget_in(batch: UUID, customer: str) -> bool:
    row = Import.objects.select_for_update().only("pk", "key_ref", "leftovers_sealed").get(pk=batch)
    if row.key_ref is None or row.leftovers_sealed is None:
        return False
    ring, binding = vault.keyring(), sealing.import_binding(batch, "leftovers")
    try:
        leavings = json.loads(ring.open(bytes(row.leftovers_sealed), bound_to=binding))
    except (vault.Damaged, vault.KeyGone):
        # Nobody can take one customer out of what doesn't open, and it must not hold up every deletion.
        logger.warning(
            "what an import kept doesn't open, and was dropped", extra={"facts": {"batch": str(batch)}}
        )
        row.leftovers_sealed = None
        row.save(update_fields=["leftovers_sealed"])
        return True
    kept = leavings | {name: [one for one in leavings[name] if one[1] != customer] for name in _TIED}
    if kept == leavings:
        return False
    plain = json.dumps(kept, ensure_ascii=False).encode()
    row.leftovers_sealed = ring.seal(plain, key=row.key_ref, bound_to=binding)
    row.save(update_fields=["leftovers_sealed"])
    return True


def forget_leavings(*, before: datetime, actor: str, at: datetime) -> int:
    """Destroy the keys of imports made before that: files, rows set aside, columns without a field."""
    old = Import.objects.filter(made_at__lt=before, key_ref__isnull=False).exclude(
        state__in=import_batch.UNDER_WAY
    )
    forgotten = 0
    for row in old.only("pk", "key_ref"):
        if row.key_ref:
            vault.keyring().destroy_keys([row.key_ref])
        with transaction.atomic():
            Import.objects.filter(pk=row.pk).update(
                key_ref=None, file_sealed=None, result_sealed=None, leftovers_sealed=None
            )
            audit.record(actions.IMPORT_FORGOTTEN, actor=actor, at=at, batch=str(row.pk))
        forgotten += 1
    return forgotten
