"""Who steps in for the security captain."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import authority, people
from tryggve.accounts.authority import Changer
from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.access import actions
from tryggve.domains.access.models import Standby
from tryggve.domains.access.selectors import captains
from tryggve.domains.access.services import measuring
from tryggve.lib.errors import Refusal


class CannotStandBy(Refusal):
    """This person can't step in."""

    sentence: ClassVar = _(
        "Choose somebody who works here and isn't the only one who answers for security. Nothing was changed."
    )


@transaction.atomic
def choose(*, person: UUID, by: Changer, at: datetime) -> None:
    """From now on this person steps in, and nobody else. Raises as people.locked does, and CannotStandBy."""
    user, changer = people.locked(person, by)
    if user.pk not in dict(captains.may_stand_by()):
        raise CannotStandBy
    if captains.standby_id() == user.pk:
        return
    Standby.objects.all().delete()
    Standby.objects.create(pk=1, user=user, chosen_at=at)
    actor = authority.actor_of(changer)
    audit.record(actions.STANDBY_CHOSEN, actor=actor, at=at, subject=user.pk)
    measuring.again("GOV-01", actor=actor, at=at)


@transaction.atomic
def end(*, person: User, actor: str, at: datetime) -> int:
    """The person steps in no more; how many tasks that were, 0 or 1."""
    ended, _by_model = Standby.objects.filter(user=person).delete()
    if ended:
        audit.record(actions.STANDBY_ENDED, actor=actor, at=at, subject=person.pk)
        measuring.again("GOV-01", actor=actor, at=at, even_if_proven=True)
    return ended


def count_of(person: User) -> int:
    """1 for who steps in, 0 for anybody else."""
    return Standby.objects.filter(user=person).count()
