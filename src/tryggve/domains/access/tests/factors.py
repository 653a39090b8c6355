"""Walking through the pages of the second factor as a browser does."""

import json
import re
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tests.authenticator import Device
from tryggve.accounts.models import User
from tryggve.domains.access.engine import totp

SET_UP, CODES, CONFIRM, STEP = (
    "/sign-in/set-up/",
    "/sign-in/set-up/recovery-codes/",
    "/sign-in/confirm/",
    "/sign-in/second-step/",
)
_SECRET = re.compile(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}")
_CODE = re.compile(r"\b[0-9]{4} [0-9]{4}\b")


def code_now(secret: str, *, steps: int = 0) -> str:
    """What a telephone shows, ``steps`` half minutes from now."""
    return totp.code_of(secret, totp.step_at(timezone.now().timestamp()) + steps)


def offered_secret(browser: Client) -> str:
    """What the page shows beside the square."""
    (shown,) = _SECRET.findall(browser.get(SET_UP).content.decode())
    return str(shown).replace(" ", "")


def set_up_telephone(browser: Client) -> str:
    """Through the page up to the recovery codes; returns the telephone's secret."""
    secret = offered_secret(browser)
    browser.post(SET_UP, {"code": code_now(secret)})
    return secret


def recovery_codes(browser: Client) -> list[str]:
    """Press the button that shows them."""
    return _CODE.findall(browser.post(CODES).content.decode())


def keep_codes(browser: Client) -> Any:
    return browser.post(CODES, {"kept": "yes"})


def telephone_of(user: User) -> str:
    """Give this person a telephone without walking through the pages; returns its secret."""
    from allauth.mfa.utils import encrypt  # noqa: PLC0415 - asks the settings

    secret = totp.new_secret()
    Authenticator.objects.create(user=user, type="totp", data={"secret": encrypt(secret)})
    return secret


def passkey_of(browser: Client, *, name: str = "Telephone") -> Device:
    """Make a passkey with the page's buttons."""
    device = Device()
    question = browser.post(f"{SET_UP}passkey/options/").json()
    browser.post(f"{SET_UP}passkey/", {"name": name, "credential": json.dumps(device.make(question))})
    return device


def answer_of(browser: Client, device: Device, **lies: Any) -> str:
    """Ask for a passkey and let the device answer."""
    question = browser.post("/sign-in/passkey/question/").json()
    return json.dumps(device.use(question, **lies))
