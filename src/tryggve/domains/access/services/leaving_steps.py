"""The list of what is left to people when somebody has left."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve.accounts import handovers
from tryggve.accounts.authority import Changer, actor_of
from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.access import actions
from tryggve.domains.access.models import LeavingStep
from tryggve.domains.access.services import measuring
from tryggve.lib.errors import Refusal


class NoSuchStep(Refusal):
    """It isn't on this person's list."""


def begin(person: User) -> int:
    """Put everything on the list that is to be done, as of now; a list from an earlier time begins anew."""
    LeavingStep.objects.filter(user=person).delete()
    made = LeavingStep.objects.bulk_create(
        LeavingStep(user=person, code=one.code) for one in handovers.reminders()
    )
    return len(made)


@transaction.atomic
def mark(*, person: UUID, code: str, is_done: bool, by: Changer, at: datetime) -> None:
    """Tick something off, or take the tick away. Raises NoSuchStep."""
    row = LeavingStep.objects.select_for_update().filter(user_id=person, code=code).first()
    if row is None:
        raise NoSuchStep(_("That isn't on the list. Nothing was changed."))
    if is_done == (row.done_at is not None):
        return
    row.done_at = at if is_done else None
    row.done_by_ref = by.pk if by is not None and is_done else None
    row.save(update_fields=["done_at", "done_by_ref"])
    audit.record(
        actions.LEAVING_STEP_MARKED, actor=actor_of(by), at=at, subject=person, step=code, done=is_done
    )
    measuring.again("AUT-03", "GOV-01", actor=actor_of(by), at=at)
