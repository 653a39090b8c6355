"""Signing in and out as a browser does it, and what the audit log has of it."""

from typing import Any

from django.test import Client

from tests.cast import PASSWORD
from tryggve.audit.models import Entry

ANNA = "anna@example.se"
WRONG = "fyra ledsna sälar dansar"


def sign_in(browser: Client, email: str = ANNA, password: str = PASSWORD, **more: str) -> Any:
    return browser.post("/sign-in/", {"login": email, "password": password, **more})


def is_signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def entries() -> list[Entry]:
    """What was written, in order."""
    return list(Entry.objects.order_by("id"))


def codes() -> list[str]:
    return [entry.action for entry in entries()]
