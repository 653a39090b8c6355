"""Carrying out what somebody asked for, where the product can do it itself."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.policy import Reach
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services import restrictions
from tryggve.domains.rights.services.requests import case_steps
from tryggve.domains.rights.services.requests.case_answers import require_identity
from tryggve.lib.errors import Refusal


class NothingToCarryOut(Refusal):
    """What this request asks for is done by people, and told in the answer."""

    sentence: ClassVar = _("There is nothing here that Tryggve could do by itself. Nothing was changed.")


@transaction.atomic
def carry_out(*, case: UUID, seen_revision: int, actor: str, at: datetime, reach: Reach) -> None:
    """Keep the customer's data from use, as was asked for; the answer is written after that.

    Raises NothingToCarryOut, IdentityUnknown, and as restrictions.restrict and case_steps.locked do.
    """
    row, known = case_steps.locked(case, seen_revision=seen_revision, reach=reach)
    if row.kind != Case.Kind.RESTRICTION:
        raise NothingToCarryOut
    require_identity(row)
    restrictions.restrict(customer=known.id, actor=actor, at=at, reach=reach, case=case)
    case_steps.save(row)
    case_steps.add(row, "restricted", action=actions.CASE_ACTED, actor=actor, at=at, what="restricted")
