"""What somebody changes of the own sign-in: the password, sessions, devices."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve.accounts import sign_ins
from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.access import actions
from tryggve.domains.access.models import PasswordRequest
from tryggve.domains.access.services import measuring


@transaction.atomic
def change_password(*, user: User, password: str, this: UUID | None, at: datetime) -> None:
    """From now on this password, and all other sessions are ended; who was asked for another one has done it."""
    user.set_password(password)
    user.password_set_at = at
    user.save(update_fields=["password", "password_mark", "password_set_at"])
    PasswordRequest.objects.filter(user=user).delete()
    audit.record(actions.PASSWORD_CHANGED, actor=user.actor, at=at, subject=user.pk)
    _end(user=user, at=at, count=sign_ins.end_all(user=user, at=at, but=this))
    measuring.again("AUT-02", "AUT-03", actor=user.actor, at=at)


@transaction.atomic
def end_session(*, user: User, session: UUID, at: datetime) -> None:
    """End one; effective at its next request."""
    _end(user=user, at=at, count=sign_ins.end(sign_ins=[session], user=user, at=at))


@transaction.atomic
def end_others(*, user: User, this: UUID | None, at: datetime) -> int:
    """End all but this one; returns how many."""
    count = sign_ins.end_all(user=user, at=at, but=this)
    _end(user=user, at=at, count=count)
    return count


@transaction.atomic
def forget_device(*, user: User, device: UUID, at: datetime) -> None:
    """The browser is a stranger's from now on, and its sessions are ended."""
    if sign_ins.forget_device(device=device, user=user, at=at):
        audit.record(actions.DEVICE_FORGOTTEN, actor=user.actor, at=at, subject=user.pk)


def _end(*, user: User, at: datetime, count: int) -> None:
    if count:
        audit.record(actions.SESSIONS_ENDED, actor=user.actor, at=at, subject=user.pk, sessions=count)
