"""How old passwords may grow, and asking somebody for another one."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import authority, people
from tryggve.accounts.authority import Changer
from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.access import actions, notices
from tryggve.domains.access.models import PasswordRequest, PasswordRule
from tryggve.domains.access.services import measuring
from tryggve.lib.errors import Refusal
from tryggve.notices import recipients
from tryggve.notices import services as messages

Reason = PasswordRequest.Reason
# What the page offers: as old as they like, half a year, a year, two.
CHOICES = (0, 183, 365, 730)


class NoPassword(Refusal):
    """There is nothing to change for this person."""

    sentence: ClassVar = _("This person has no password here. Nothing was changed.")


class NotForSelf(Refusal):
    """Who was asked for another password doesn't say that it isn't needed."""

    sentence: ClassVar = _("Choose another password, or let somebody else say that it isn't needed.")


@transaction.atomic
def choose_rule(*, longest_days: int, by: Changer, at: datetime) -> None:
    """Let passwords grow as old as that; 0 for as old as they like."""
    known = PasswordRule.objects.filter(pk=1).first()
    if known is None or known.longest_days != longest_days:
        PasswordRule(pk=1, longest_days=longest_days, chosen_at=at).save()
        actor = authority.actor_of(by)
        audit.record(actions.PASSWORD_RULE_CHOSEN, actor=actor, at=at, days=longest_days)
        measuring.again("AUT-03", actor=actor, at=at)


@transaction.atomic
def ask_for_another(*, person: UUID, reason: Reason, by: Changer, at: datetime) -> None:
    """Ask somebody to choose another password, and mail them so; who was asked already is asked anew.

    Whoever changes people may ask anybody: nobody can do less for it. Raises as people.locked does, and NoPassword.
    """
    user, changer = people.locked(person, by)
    if not user.is_active or not user.has_usable_password():
        raise NoPassword
    PasswordRequest.objects.update_or_create(user=user, defaults={"reason": reason, "asked_at": at})
    actor = authority.actor_of(changer)
    audit.record(actions.PASSWORD_ASKED_FOR, actor=actor, at=at, subject=user.pk, reason=reason.lower())
    measuring.again("AUT-03", actor=actor, at=at, even_if_proven=True)
    _tell(user, reason, at)


@transaction.atomic
def withdraw_request(*, person: UUID, by: Changer, at: datetime) -> None:
    """The person needn't after all; nothing happens for who wasn't asked.

    Raises as people.locked does, and NotForSelf.
    """
    user, changer = people.locked(person, by)
    if changer is not None and changer.pk == user.pk:
        raise NotForSelf
    if PasswordRequest.objects.filter(user=user).delete()[0]:
        actor = authority.actor_of(changer)
        audit.record(actions.PASSWORD_REQUEST_WITHDRAWN, actor=actor, at=at, subject=user.pk)
        measuring.again("AUT-03", actor=actor, at=at)


def _tell(user: User, reason: Reason, at: datetime) -> None:
    with translation.override(user.language):
        messages.send(notices.PASSWORD_ASKED_FOR, to=recipients.staff(user), at=at, reason=str(reason.label))
