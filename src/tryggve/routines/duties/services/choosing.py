"""Who does a duty, and whether it is asked for at all: the owner's and the captain's to choose."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.lib.errors import Refusal
from tryggve.routines.duties import actions, catalogue, whose
from tryggve.routines.duties.models import Choice, Remark
from tryggve.routines.duties.services import planning, writing

# Where the log names whose it is and it is a role's.
_THE_ROLE = "role"


class NotYours(Refusal):
    """Who does what is for others to choose."""

    sentence: ClassVar = _("Only an owner or the security captain chooses that. Nothing was changed.")


class CannotDo(Refusal):
    """This person can't be given a routine."""

    sentence: ClassVar = _("Choose somebody who works here. Nothing was changed.")


class EverybodysOwn(Refusal):
    """Nobody can do it in another's place."""

    sentence: ClassVar = _("Everybody does this routine for themselves. Nothing was changed.")


class NoReason(Refusal):
    """Nothing is switched off without a reason."""

    sentence: ClassVar = _("Say why you don't need it. Nothing was changed.")


@transaction.atomic
def assign(*, duty: str, person: UUID | None, by: User, at: datetime) -> None:
    """From now on this person does it; None gives it back to the role.

    Raises NotYours, CannotDo, EverybodysOwn and NoSuchDuty.
    """
    here = whose.people_here(at)
    _require_steering(by, here)
    known = catalogue.duty_of(duty)
    if known.for_each_person:
        raise EverybodysOwn
    if person is not None and person not in {one.pk for one in here}:
        raise CannotDo
    Choice.objects.update_or_create(duty=duty, defaults={"person_id": person})
    audit.record(
        actions.ASSIGNED, actor=by.actor, at=at, subject=person, duty=duty, person=str(person or _THE_ROLE)
    )


@transaction.atomic
def switch_on(*, duty: str, by: User, at: datetime) -> None:
    """Ask for it from now on. Raises NotYours and NoSuchDuty."""
    _switch(duty, by, at, is_on=True)
    audit.record(actions.SWITCHED_ON, actor=by.actor, at=at, duty=duty)


def switch_off(*, duty: str, reason: str, by: User, at: datetime) -> None:
    """Ask for it no more: its open turn is withdrawn. What was done stays.

    Raises NoReason, NotYours and NoSuchDuty, and as vault.staff_keyring does.
    """
    remark = writing.remark(reason, by=by, on=Remark.On.OFF, at=at)
    if remark is None:
        raise NoReason
    with transaction.atomic():
        _switch(duty, by, at, is_on=False)
        writing.keep(remark, duty=duty)
        audit.record(actions.SWITCHED_OFF, actor=by.actor, at=at, duty=duty)


def hand_over(*, person: User, to: User) -> int:
    """Give what was this person's to another; returns how many duties."""
    return Choice.objects.filter(person=person).update(person=to)


def count_of(person: User) -> int:
    """How many duties were given to this person."""
    return Choice.objects.filter(person=person).count()


def _switch(duty: str, by: User, at: datetime, *, is_on: bool) -> None:
    _require_steering(by, whose.people_here(at))
    catalogue.duty_of(duty)
    Choice.objects.update_or_create(duty=duty, defaults={"is_on": is_on})
    planning.plan(at=at)


def _require_steering(by: User, here: Sequence[User]) -> None:
    if by.pk not in {person.pk for person in here if whose.may_steer(person)}:
        raise NotYours
