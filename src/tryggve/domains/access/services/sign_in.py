from contextlib import suppress
from datetime import datetime
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.utils import formats, timezone, translation

from tryggve import vault
from tryggve.accounts import sign_ins, staff_keys
from tryggve.accounts.models import User
from tryggve.accounts.networks import Network
from tryggve.audit import services as audit
from tryggve.audit.details import Details
from tryggve.domains.access import actions, notices
from tryggve.notices import recipients
from tryggve.notices import services as messages

_LONGEST_ADDRESS = 45  # an IPv6 address that holds an IPv4 one
_LONGEST_BROWSER = 200
_SECOND = 2
_LIMITED_LATELY = "access.sign-in-limited"
_LIMITED_ONCE_IN_SECONDS = 60


def log_sign_in(*, user: User, at: datetime, method: str, address: str, browser: str) -> None:
    """Keep that somebody signed in, and from where: address and browser are sealed under that person's key."""
    said = {"address": address[:_LONGEST_ADDRESS], "browser": browser[:_LONGEST_BROWSER]}
    entry = partial(audit.record, actions.SIGNED_IN, actor=user.actor, at=at, subject=user.pk, method=method)
    try:
        entry(details=Details(said, key=staff_keys.key_of(user), compartment=vault.STAFF))
    except vault.Locked:  # without a service key people still sign in, and the log says so much
        entry()


def tell_of_new_device(*, user: User, browser: str, at: datetime) -> None:
    """A mail to who signed in on a device not seen before, but for the very first; it never stops anybody."""
    if len(sign_ins.devices_of(user)) < _SECOND:
        return
    day = formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
    with suppress(vault.Locked), translation.override(user.language), transaction.atomic():
        messages.send(notices.NEW_DEVICE, to=recipients.staff(user), at=at, browser=browser, day=day)


def tell_of_new_place(*, user: User, network: Network, browser: str, at: datetime) -> None:
    """The same to who signed in from a new country, or through a hosting company's network not seen before."""
    day = formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
    with suppress(vault.Locked), translation.override(user.language), transaction.atomic():
        messages.send(
            notices.NEW_PLACE,
            to=recipients.staff(user),
            at=at,
            browser=browser,
            day=day,
            country=network.country or "",
            hosting="yes" if network.is_hosting else "",
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
