"""Customers who come in by another service: what its tests begin with."""

from typing import Any

from django.test import Client
from django.utils import timezone

from tests.sign_in_service import CLIENT_ID, CLIENT_SECRET, SignInService
from tryggve.audit.models import Entry
from tryggve.domains.rights.models import PortalSession
from tryggve.domains.rights.services.portal import customer_provider as services

HERE = "http://localhost:8000"
LEAVE, BACK = "/my/provider/", "/my/provider/return/"
HERS = "19640823-3234"


def choose(service: SignInService, **other: Any) -> None:
    told = {
        "name": "BankID", "issuer": service.issuer, "client_id": CLIENT_ID, "secret": CLIENT_SECRET,
        "scope": "openid ssn", "acr_values": "urn:bankid:same-device", "number_claim": "ssn",
        "number_country": "SE",
    }  # fmt: skip
    services.set_provider(**{**told, **other}, actor="system", at=timezone.now())


def answer_of(browser: Client, service: SignInService) -> str:
    """Go there and be sent back: the address that the browser then opens, without the host."""
    there = str(browser.post(LEAVE)["Refresh"]).removeprefix("0; url=")
    return service.visit(there).removeprefix(HERE)


def come(service: SignInService, **claims: object) -> tuple[Client, Any]:
    """A browser that went there, as somebody of whom that is claimed, and came back."""
    browser = Client()
    service.claims = claims
    return browser, browser.get(answer_of(browser, service))


def is_inside(browser: Client) -> bool:
    return browser.get("/my/data/").status_code == 200


def refused(browser: Client, answer: Any, reason: str) -> None:
    """Nobody came in, and the log knows why by a code."""
    assert (answer.status_code, is_inside(browser), PortalSession.objects.count()) == (403, False, 0)
    assert [one.facts["reason"] for one in Entry.objects.filter(action="rights.portal-refused")] == [reason]
