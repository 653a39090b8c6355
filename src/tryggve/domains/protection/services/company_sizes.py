from datetime import datetime

from django.db import transaction

from tryggve.audit import services as audit
from tryggve.controls.catalogue import Tier
from tryggve.domains.protection import actions
from tryggve.domains.protection.models import FirstPage


@transaction.atomic
def choose_size(*, tier: Tier | None, actor: str, at: datetime) -> None:
    """Count the company by that list from now on; None leaves it to the number of people who work here."""
    FirstPage.objects.update_or_create(pk=1, defaults={"tier": tier or ""})
    audit.record(actions.SIZE_CHOSEN, actor=actor, at=at, size=tier or "by-people")
