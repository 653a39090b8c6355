"""Links with which somebody makes an account of their own: made, mailed, withdrawn. Of a link only a hash is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tryggve.accounts import authority, roles
from tryggve.accounts.authority import Changer
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role, Scope
from tryggve.audit import services as audit
from tryggve.audit.registry import Action
from tryggve.domains.access import actions, notices
from tryggve.domains.access.models import Invitation
from tryggve.domains.setup import api as setup
from tryggve.lib import random_tokens
from tryggve.lib.errors import Refusal
from tryggve.notices import services as messages
from tryggve.notices.recipients import Recipient
from tryggve.ui import own_address

LASTS = timedelta(days=7)
KEPT_AFTER_ITS_END = timedelta(days=30)


class HasAnAccount(Refusal):
    """Somebody with that address has an account."""


class NotOpen(Refusal):
    """It was used or withdrawn, or has run out."""


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody shall be here."""

    role: Role
    scope: Scope
    given: Mapping[str, int]


@dataclass(frozen=True, slots=True, repr=False)
class Invited:
    """An invitation just made, with its link: that is kept nowhere and can't be shown again."""

    id: UUID
    link: str


@transaction.atomic
def invite(
    *, email: str, name: str, language: str, place: Place, by_mail: bool, by: Changer, at: datetime
) -> Invited:
    """Make a link that lasts seven days, in place of any older one for that address; mail it if wished.

    Raises HasAnAccount, NotYours, and vault.Locked when a mail can't be sealed.
    """
    email = email.strip().lower()
    authority.require_appointing(by, place.role)
    authority.require_giving(by, place.given)
    _require_no_account(email)
    _withdraw(Invitation.objects.filter(email=email), actor=authority.actor_of(by), at=at)
    token = random_tokens.new_token()
    row = Invitation.objects.create(
        token_hash=random_tokens.hash_of(token),
        email=email,
        name=name,
        language=language,
        role=place.role,
        scope=place.scope,
        given=_within(place),
        made_by_ref=by.pk if by is not None else None,
        made_at=at,
        expires_at=at + LASTS,
    )
    made = Invited(row.pk, own_address.link_to("access:join", token))
    if by_mail:
        _mail(row, made.link, by, at)
    record(actions.INVITED, row, authority.actor_of(by), at, role=row.role.lower(), by_mail=by_mail)
    return made


@transaction.atomic
def renew(*, invitation: UUID, by_mail: bool, by: Changer, at: datetime) -> Invited:
    """A new link for the same person, that lasts seven days again; the old one ends. Raises NotOpen and as invite."""
    row = _locked(invitation)
    if row.used_at is not None or row.withdrawn_at is not None:
        raise not_open()
    place = Place(Role(row.role), Scope(row.scope), row.given)
    return invite(
        email=row.email, name=row.name, language=row.language, place=place, by_mail=by_mail, by=by, at=at
    )


@transaction.atomic
def withdraw(*, invitation: UUID, by: Changer, at: datetime) -> None:
    """The link opens nothing any more. Raises NotOpen, and NotYours for one that makes an owner."""
    row = _locked(invitation)
    if row.used_at is not None or row.withdrawn_at is not None:
        raise not_open()
    authority.require_appointing(by, row.role)
    _withdraw(Invitation.objects.filter(pk=row.pk), actor=authority.actor_of(by), at=at)


def withdraw_all_of(made_by: User, *, actor: str, at: datetime) -> int:
    """Nobody comes in any more on the word of who has left; how many those were."""
    return _withdraw(Invitation.objects.filter(made_by_ref=made_by.pk), actor=actor, at=at)


def count_open_of(made_by: User) -> int:
    """How many invitations of this person's nobody has used or withdrawn."""
    return Invitation.objects.filter(made_by_ref=made_by.pk, used_at=None, withdrawn_at=None).count()


def forget_ended(*, now: datetime) -> int:
    """Remove what ended a month ago; returns how many."""
    return Invitation.objects.filter(made_at__lt=now - LASTS - KEPT_AFTER_ITS_END).delete()[0]


def _within(place: Place) -> dict[str, int]:
    """What was given, as far as the table of roles allows, and only where it differs from the role."""
    return {
        area: int(level)
        for area, level in place.given.items()
        if level in roles.choices_for(place.role, area) and level != roles.ROLES[place.role][roles.Area(area)]
    }


def _require_no_account(email: str) -> None:
    if User.objects.filter(email__iexact=email).exists():
        raise has_an_account()


def _withdraw(rows: "QuerySet[Invitation]", *, actor: str, at: datetime) -> int:
    still = list(rows.filter(used_at=None, withdrawn_at=None).order_by("pk"))
    for row in still:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        record(actions.INVITATION_WITHDRAWN, row, actor, at)
    return len(still)


def _mail(row: Invitation, link: str, by: Changer, at: datetime) -> None:
    to = Recipient(ref=f"invitation:{row.pk}", address=row.email, language=row.language)
    messages.send(
        notices.INVITATION,
        to=to,
        at=at,
        firm=setup.firm_name(),
        inviter=by.name if by is not None else "",
        name=row.name,
        link=link,
        days=LASTS.days,
    )


def _locked(invitation: UUID) -> Invitation:
    row = Invitation.objects.select_for_update().filter(pk=invitation).first()
    if row is None:
        raise not_open()
    return row


def record(
    action: Action,
    row: Invitation,
    actor: str,
    at: datetime,
    subject: UUID | None = None,
    **facts: Any,
) -> None:
    """Write an entry about an invitation."""
    audit.record(action, actor=actor, at=at, subject=subject, invitation=str(row.pk), **facts)


def not_open() -> NotOpen:
    """What somebody is told who comes too late."""
    return NotOpen(
        _("This invitation was used or withdrawn, or has run out. Nothing was changed. Ask for a new one.")
    )


def has_an_account() -> HasAnAccount:
    """What somebody is told about an address that is taken."""
    return HasAnAccount(
        _("Somebody with this address has an account already, perhaps a closed one. Nothing was changed.")
    )
