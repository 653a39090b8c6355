"""Going to the sign-in service and back, as a browser does."""

from http import HTTPStatus
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.sign_in_service import CLIENT_ID, CLIENT_SECRET, SignInService
from tryggve.audit.models import Entry
from tryggve.domains.access.services import provider as services
from tryggve.domains.access.tests import door

LEAVE, BACK = "/sign-in/provider/", "/sign-in/provider/return/"
LINK, UNLINK = "/company/sign-in/provider/link/", "/company/sign-in/provider/unlink/"
PAGE = "/company/provider/"


def choose(service: SignInService, **other: Any) -> None:
    """The firm's settings lead to that service."""
    told = {
        "name": "Microsoft", "issuer": service.issuer, "client_id": CLIENT_ID, "secret": CLIENT_SECRET,
        "links_by_email": False, "trusts_factor": False,
    }  # fmt: skip
    services.set_provider(**{**told, **other}, actor="anonymous", at=timezone.now())


def address_in(answer: Any) -> str:
    """Where the page sends the browser."""
    return str(answer["Refresh"]).removeprefix("0; url=")


def answer_of(browser: Client, service: SignInService, leave: str = LEAVE, **more: str) -> str:
    """Go there and be sent back: the address that the browser then opens, without the host."""
    back = service.visit(address_in(browser.post(leave, more)))
    return back.removeprefix("http://localhost:8000")


def round_of(browser: Client, service: SignInService, leave: str = LEAVE, **more: str) -> Any:
    return browser.get(answer_of(browser, service, leave, **more))


def reasons() -> list[str]:
    """Why the log says that identities were refused."""
    return [str(one.facts["reason"]) for one in Entry.objects.filter(action="access.identity-refused")]


def is_refused(answer: Any, browser: Client) -> bool:
    """Whether the answer says no, and nobody is signed in."""
    return answer.status_code == HTTPStatus.FORBIDDEN and not door.is_signed_in(browser)
