"""Only proxies that the firm named are believed about who comes."""

import ipaddress
from http import HTTPStatus

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from tests.cast import PASSWORD
from tryggve.accounts import proxies
from tryggve.accounts.models import User

PROXY, CLIENT, INNER = "10.0.0.7", "203.0.113.9", "10.0.0.8"
TRUSTED = (ipaddress.ip_network("10.0.0.0/24"), ipaddress.ip_network("::1"))
_SAID = {
    "HTTP_X_FORWARDED_FOR": CLIENT,
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "tryggve.example.se",
}


def _seen(settings: Settings, **told: str) -> tuple[str, str | None, str]:
    """Address, scheme and host as pages see them."""
    settings.TRUSTED_PROXIES = TRUSTED
    settings.ALLOWED_HOSTS = ["testserver", "tryggve.example.se"]
    requests: list[HttpRequest] = []

    def keep(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse()

    proxies.TrustedProxies(keep)(RequestFactory().get("/", **told))  # type: ignore[arg-type]
    (request,) = requests
    return request.META["REMOTE_ADDR"], request.scheme, request.get_host()


def test_trusted_proxy_is_believed(settings: Settings) -> None:
    assert _seen(settings, REMOTE_ADDR=PROXY, **_SAID) == (CLIENT, "https", "tryggve.example.se")


@pytest.mark.parametrize("stranger", ["203.0.113.50", "127.0.0.1", "10.0.1.7", "", "unix:"])
def test_forged_headers_from_elsewhere_change_nothing(settings: Settings, stranger: str) -> None:
    assert _seen(settings, REMOTE_ADDR=stranger, **_SAID) == (stranger, "http", "testserver")


def test_proxy_that_says_nothing_stands_for_itself(settings: Settings) -> None:
    assert _seen(settings, REMOTE_ADDR=PROXY) == (PROXY, "http", "testserver")


@pytest.mark.parametrize("scheme", ["", "ftp", "javascript", "https, "])
def test_unknown_scheme_is_passed_over(settings: Settings, scheme: str) -> None:
    seen = _seen(settings, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_PROTO=scheme)
    assert seen == (PROXY, "http", "testserver")


@pytest.mark.parametrize(
    ("told", "client"),
    [
        (CLIENT, CLIENT),
        (f"198.51.100.1, {CLIENT}", CLIENT),  # the first was written by who comes
        (f"{CLIENT}, {INNER}", CLIENT),
        (f"198.51.100.1,{CLIENT},{INNER},{INNER}", CLIENT),
        (INNER, INNER),
        (f"{CLIENT}, nonsense", PROXY),
        (f"{CLIENT}, nonsense, {INNER}", INNER),
        ("", PROXY),
        ("::ffff:203.0.113.9", CLIENT),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_client_is_the_nearest_address_that_is_no_proxy(told: str, client: str) -> None:
    assert proxies.client_of(told, proxy=PROXY, trusted=TRUSTED) == client


@given(st.text(), st.sampled_from([CLIENT, "2001:db8::1"]))
def test_nothing_that_a_client_writes_hides_its_address(written: str, address: str) -> None:
    assert proxies.client_of(f"{written},{address}", proxy=PROXY, trusted=TRUSTED) == address


@pytest.mark.django_db
def test_guesses_through_the_proxy_are_counted_by_who_guesses(anna: User, settings: Settings) -> None:
    """Else one guesser outside would use up the attempts of everybody behind the same proxy."""
    settings.TRUSTED_PROXIES = TRUSTED
    for number in range(10):
        _guess(f"guess{number}@example.se", CLIENT)
    assert _guess("anna@example.se", CLIENT, PASSWORD) == HTTPStatus.OK  # the form again
    assert _guess("anna@example.se", "203.0.113.10", PASSWORD) == HTTPStatus.FOUND


def _guess(email: str, client: str, typed: str = "fyra ledsna sälar dansar") -> int:
    return (
        Client(REMOTE_ADDR=PROXY, headers={"x-forwarded-for": client})
        .post("/sign-in/", {"login": email, "password": typed})
        .status_code
    )
