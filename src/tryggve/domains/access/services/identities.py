"""Whose account a sign-in elsewhere is linked to. Nobody gets an account by it."""

from contextlib import suppress
from datetime import datetime

from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.access import actions, notices
from tryggve.lib.errors import Refusal
from tryggve.notices import recipients
from tryggve.notices import services as messages


class NotLinked(Refusal):
    """Nobody here signs in with that."""

    reason = "not-linked"


class LinkedElsewhere(Refusal):
    """It is another person's here, or the person has another one."""

    reason = "linked-elsewhere"


def link(*, user: User, account: SocialAccount, by_mail: bool, at: datetime) -> SocialAccount:
    """From now on this person may come with it; told by mail to who it is. Raises LinkedElsewhere."""
    try:
        with transaction.atomic():
            holder = User.objects.select_for_update().get(pk=user.pk)
            if SocialAccount.objects.filter(user=holder).exists():
                raise linked_elsewhere()
            account.user = holder
            account.save()
            audit.record(actions.IDENTITY_LINKED, actor=user.actor, at=at, subject=user.pk, by_mail=by_mail)
            _tell(user, at=at)
    except IntegrityError:
        raise linked_elsewhere() from None
    return account


@transaction.atomic
def unlink(*, user: User, at: datetime) -> None:
    """Nobody comes with it any more; nothing happens if there is none."""
    if SocialAccount.objects.filter(user=user).delete()[0]:
        audit.record(actions.IDENTITY_REMOVED, actor=user.actor, at=at, subject=user.pk)


def whose(login: SocialLogin, *, at: datetime) -> User:
    """Who may come with this: linked before, or where the firm allows it by verified address. Raises NotLinked."""
    user: User | None = login.user if login.is_existing else None
    if user is None or not user.is_active:
        raise _not_linked()
    if login.account.pk is None:
        try:
            link(user=user, account=login.account, by_mail=True, at=at)
        except LinkedElsewhere:
            raise _not_linked() from None
    return user


def log_refused(*, reason: str, actor: str, at: datetime) -> None:
    """Keep that somebody was refused, and why by a code; never what the service said."""
    audit.record(actions.IDENTITY_REFUSED, actor=actor, at=at, reason=reason)


def _tell(user: User, *, at: datetime) -> None:
    """A mail to whose account it is; without a service key the link holds all the same."""
    with suppress(vault.Locked), translation.override(user.language), transaction.atomic():
        messages.send(notices.IDENTITY_LINKED, to=recipients.staff(user), at=at)


def _not_linked() -> NotLinked:
    return NotLinked(
        _(
            "This sign-in belongs to nobody here, so nobody was signed in. Do you have an account? Sign in with your "
            "password, then link it on the page «My sign-in». If not, ask the owner of the company to invite you."
        )
    )


def linked_elsewhere() -> LinkedElsewhere:
    """The refusal, whoever the other is."""
    return LinkedElsewhere(
        _(
            "It was not linked: it belongs to another account here, or your account has another one already. Remove "
            "that one first."
        )
    )
