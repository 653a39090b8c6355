from datetime import datetime

from django.db import transaction

from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.setup import actions
from tryggve.domains.setup.engine.first_steps import MAY_WAIT, Step
from tryggve.domains.setup.models import PutOff, Welcomed
from tryggve.lib.errors import Refusal


class CanNotWait(Refusal):
    """Without that step nothing else would be safe."""


@transaction.atomic
def put_off(*, step: Step, actor: str, at: datetime) -> None:
    """Do it later: whoever may do it is reminded on their first page until then. Raises CanNotWait."""
    if step not in MAY_WAIT:
        raise CanNotWait
    _row, is_new = PutOff.objects.get_or_create(step=step, defaults={"at": at})
    if is_new:
        audit.record(actions.STEP_PUT_OFF, actor=actor, at=at, step=str(step))


@transaction.atomic
def choose_language(*, user: User, language: str, at: datetime) -> None:
    """The last step of who was invited: in which language they read."""
    accounts.set_language(user=user, language=language)
    audit.record(actions.LANGUAGE_CHOSEN, actor=user.actor, at=at, language=language)
    note_welcomed(user=user, at=at)


def note_welcomed(*, user: User, at: datetime) -> None:
    """The first start is behind this person, whatever happens to what was settled in it."""
    Welcomed.objects.get_or_create(user=user, defaults={"at": at})
