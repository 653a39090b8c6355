from datetime import datetime

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.access import actions


def log_sign_in(*, user: User, at: datetime) -> None:
    audit.record(actions.SIGNED_IN, actor=user.actor, at=at, method="password")


def log_sign_out(*, user: User, at: datetime) -> None:
    audit.record(actions.SIGNED_OUT, actor=user.actor, at=at)


def log_failed_sign_in(*, email: str, at: datetime) -> None:
    """Keep that someone failed, and whose account it was aimed at; never the address that was typed."""
    user = User.objects.filter(email__iexact=email).first()
    audit.record(
        actions.SIGN_IN_FAILED,
        actor="anonymous",
        at=at,
        subject=user.pk if user else None,
        account_exists=user is not None,
    )


def log_limited_sign_in(*, at: datetime) -> None:
    """Keep that attempts were turned away unread, because there had been too many."""
    audit.record(actions.SIGN_IN_LIMITED, actor="anonymous", at=at)
