from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from tryggve.audit import services as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.models import FirmDetails


@transaction.atomic
def change_firm_details(
    *,
    number: str,
    address: str,
    email: str,
    phone: str,
    officer: str,
    joint: str,
    measures: Collection[str],
    actor: str,
    at: datetime,
) -> None:
    """What the company tells of itself; of ``measures`` only those that it answers for itself are kept."""
    row, _is_new = FirmDetails.objects.select_for_update().get_or_create(pk=1)
    wanted = {
        "number": number,
        "address": address,
        "email": email,
        "phone": phone,
        "officer": officer,
        "joint": joint,
        "measures": sorted(labels.firms_own_measures().intersection(measures)),
    }
    changed = sorted(field for field, value in wanted.items() if getattr(row, field) != value)
    if changed:
        FirmDetails.objects.filter(pk=1).update(**wanted)
        audit.record(actions.FIRM_DETAILS_CHANGED, actor=actor, at=at, fields=changed)
