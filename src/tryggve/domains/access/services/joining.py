"""The other end of an invitation: who comes with the link."""

from datetime import datetime
from typing import Any

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from tryggve.accounts import authority
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Level, Role
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.access import actions
from tryggve.domains.access.models import Invitation
from tryggve.domains.access.services import invitations
from tryggve.lib import random_tokens

# A link is 256 random bits: nobody finds one, this only keeps the log and the computer from being kept busy.
_RATES = {"join": "20/5m/ip"}


@transaction.atomic
def accept(*, token: str, name: str, password: str, language: str, at: datetime) -> User:
    """Use the link up and make the account. Raises NotOpen and HasAnAccount; then nothing was used up."""
    row = Invitation.objects.select_for_update().filter(token_hash=random_tokens.hash_of(token)).first()
    if row is None or why_refused(row, at=at):
        raise invitations.not_open()
    try:
        with transaction.atomic():
            user = accounts.create_user(
                email=row.email, password=password, name=name, language=language, role=Role(row.role)
            )
    except IntegrityError as cause:
        raise invitations.has_an_account() from cause
    user.scope, user.given = row.scope, row.given
    user.save(update_fields=["scope", "given"])
    row.used_at, row.user_ref = at, user.pk
    row.save(update_fields=["used_at", "user_ref"])
    invitations.record(
        actions.INVITATION_ACCEPTED, row, user.actor, at, subject=user.pk, role=row.role.lower()
    )
    return user


def of_token(token: str) -> Invitation | None:
    """The invitation behind a link, in whatever state; None for a link that was never made."""
    return Invitation.objects.filter(token_hash=random_tokens.hash_of(token)).first()


def why_refused(row: Invitation | None, *, at: datetime) -> str:
    """A code; empty for an invitation that can be used."""
    if row is None:
        return "unknown"
    if row.used_at is not None:
        return "used"
    if row.withdrawn_at is not None or not _still_stands(row, at):
        return "withdrawn"
    return "" if row.is_open(at) else "expired"


def may_try(request: HttpRequest) -> bool:
    """Whether this place hasn't come with too many links that open nothing."""
    return _count(request, dry_run=True) is not None


def note_failure(request: HttpRequest) -> None:
    """Count one link that opened nothing."""
    _count(request, dry_run=False)


def log_refused(row: Invitation | None, *, reason: str, at: datetime) -> None:
    """Keep that somebody came with a link that opens nothing; never the link."""
    facts: dict[str, Any] = {"invitation": str(row.pk)} if row is not None else {}
    audit.record(actions.INVITATION_REFUSED, actor=actors.ANONYMOUS, at=at, reason=reason, **facts)


def _count(request: HttpRequest, *, dry_run: bool) -> RateLimitUsage | None:
    return ratelimit.consume(
        request, app="tryggve", action="join", config=_RATES, dry_run=dry_run, limit_get=True
    )


def _still_stands(row: Invitation, at: datetime) -> bool:
    """Whether who invited could still do so: works here, opens people, and may give as much."""
    if row.made_by_ref is None:
        return True
    by = User.objects.filter(pk=row.made_by_ref, is_active=True).first()
    if by is None:
        return False
    by.note_time(at)
    if by.level_in(Area.PEOPLE) < Level.CHANGE:
        return False
    try:
        authority.require_appointing(by, row.role)
        authority.require_giving(by, row.given)
    except authority.NotYours:
        return False
    return True
