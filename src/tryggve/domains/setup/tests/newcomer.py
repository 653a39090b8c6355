"""A new owner with the link from the terminal, and what they answer."""

from typing import Any

from django.test import Client

from tests.cast import NOW, PASSWORD
from tryggve.domains.setup.services import firm as services

ANSWERS = {
    "firm_name": "Annas Snickeri",
    "country": "SE",
    "owner_name": "Anna Ek",
    "email": "anna@example.se",
    "password": PASSWORD,
    "password_again": PASSWORD,
}


def new_link() -> str:
    """The address behind the host, as ``up`` prints it."""
    return f"/start/{new_token()}/"


def new_token() -> str:
    return services.make_owner_link(actor="machine:anna", at=NOW)


def claim(browser: Client, link: str, **changed: str) -> Any:
    return browser.post(link, ANSWERS | changed)
