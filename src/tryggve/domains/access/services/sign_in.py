from datetime import datetime

from django.core.cache import cache

from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.audit.details import Details
from tryggve.domains.access import actions, staff_keys

_LONGEST_ADDRESS = 45  # an IPv6 address that holds an IPv4 one
_LONGEST_BROWSER = 200
_LIMITED_LATELY = "access.sign-in-limited"
_LIMITED_ONCE_IN_SECONDS = 60


def log_sign_in(*, user: User, at: datetime, address: str, browser: str) -> None:
    """Keep that somebody signed in, and from where: address and browser are sealed under that person's key."""
    said = {"address": address[:_LONGEST_ADDRESS], "browser": browser[:_LONGEST_BROWSER]}
    try:
        details = Details(said, key=staff_keys.key_of(user), compartment=vault.STAFF)
    except vault.Locked:  # without a service key people still sign in, and the log says so much
        details = None
    audit.record(
        actions.SIGNED_IN, actor=user.actor, at=at, subject=user.pk, details=details, method="password"
    )


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
    """Keep that attempts were turned away unread, because there had been too many.

    One entry a minute, whatever accounts and places they are about: who knocks without end fills no log.
    """
    if cache.add(_LIMITED_LATELY, value=True, timeout=_LIMITED_ONCE_IN_SECONDS):
        audit.record(actions.SIGN_IN_LIMITED, actor="anonymous", at=at)
