"""What an import leaves beside the register: rows set aside, columns without a field, values not taken over."""

import json
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.models import Import

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
    leavings = json.loads(ring.open(bytes(row.leftovers_sealed), bound_to=binding))
    kept = leavings | {name: [one for one in leavings[name] if one[1] != customer] for name in _TIED}
    if kept == leavings:
        return False
    plain = json.dumps(kept, ensure_ascii=False).encode()
    row.leftovers_sealed = ring.seal(plain, key=row.key_ref, bound_to=binding)
    row.save(update_fields=["leftovers_sealed"])
    return True
