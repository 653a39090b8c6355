"""A browser that somebody is signed in with, without walking through the pages."""

from datetime import datetime

from allauth.account.internal.flows import login
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tryggve.accounts import networks, sign_ins, whereabouts
from tryggve.accounts.models import User
from tryggve.lib import random_tokens

HERE = "127.0.0.1"  # where the test client says that it is


def browser_of(user: User, *, at: datetime | None = None, with_factor: bool = True) -> Client:
    """Signed in at that time (now), with the second factor used then at this network, or with a password alone."""
    browser, at = Client(), at or timezone.now()
    browser.force_login(user)
    token = random_tokens.new_token()
    browser.cookies[settings.DEVICE_COOKIE_NAME] = token
    session = browser.session
    sign_ins.begin(
        session=session, user=user, device_token=token, browser="Firefox", method="password", at=at
    )
    records: list[dict[str, object]] = [{"method": "password", "at": at.timestamp()}]
    if with_factor:
        records.append({"method": "mfa", "type": "totp", "at": at.timestamp()})
        whereabouts.note_signed_in(session, user=user, network=networks.network_of(HERE), at=at)
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    session.save()
    return browser
