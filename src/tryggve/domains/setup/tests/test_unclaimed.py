"""Until somebody is the owner nothing but the link works, and only from this computer itself."""

from http import HTTPStatus

import pytest
from django.test import Client

from tests.cast import PASSWORD
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.domains.setup.models import Firm
from tryggve.domains.setup.tests import newcomer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "page",
    ["", "sign-in/", "sign-out/", "customers/", "customers/import/", "no-such/", "startle/", "starting"],
)
def test_every_other_page_is_closed_and_says_how_to_begin(client: Client, page: str) -> None:
    for answer in (client.get(f"/{page}"), client.post(f"/{page}")):
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "Open the link that was printed in the terminal" in answer.content.decode()


def test_even_an_account_opens_nothing_yet(client: Client) -> None:
    """As after a claim that was undone."""
    client.force_login(accounts.create_user(email="a@example.se", password=PASSWORD, name="A", language="en"))
    assert client.get("/customers/")["Location"] == "/sign-in/?next=/customers/"
    assert client.get("/sign-in/").status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1"])
def test_link_works_from_this_computer(client: Client, address: str) -> None:
    assert client.get(newcomer.new_link(), REMOTE_ADDR=address).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "address",
    [
        "192.168.1.2",
        "10.0.0.1",
        "203.0.113.5",
        "100.64.0.1",
        "fe80::1",
        "::ffff:192.168.1.2",
        "",
        "localhost",
    ],
)
def test_link_is_closed_from_elsewhere(client: Client, address: str) -> None:
    link = newcomer.new_link()
    assert client.get(link, REMOTE_ADDR=address).status_code == HTTPStatus.FORBIDDEN
    assert client.post(link, newcomer.ANSWERS, REMOTE_ADDR=address).status_code == HTTPStatus.FORBIDDEN
    assert (Firm.objects.count(), User.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "header",
    [
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-forwarded-port",
        "x-real-ip",
        "forwarded",
        "via",
    ],
)
def test_link_is_closed_through_a_proxy_on_this_computer(client: Client, header: str) -> None:
    """It brings strangers, who come from this computer's own address then."""
    link = newcomer.new_link()
    assert client.get(link, headers={header: "127.0.0.1"}).status_code == HTTPStatus.FORBIDDEN
    answer = client.post(link, newcomer.ANSWERS, headers={header: ""})
    assert (answer.status_code, Firm.objects.count()) == (HTTPStatus.FORBIDDEN, 0)


def test_claim_under_another_name_of_the_computer_is_refused(client: Client) -> None:
    link = newcomer.new_link()
    answer = client.post(link, newcomer.ANSWERS, headers={"host": "evil.example"})
    assert (answer.status_code, Firm.objects.count()) == (HTTPStatus.BAD_REQUEST, 0)


def test_health_is_told_without_asking_the_database(
    client: Client, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture without a type
        answer = client.get("/health", REMOTE_ADDR="192.168.1.2")
    assert (answer.status_code, answer.content) == (HTTPStatus.OK, b"ok")


def test_language_may_be_chosen_before(client: Client) -> None:
    answer = client.post("/language", {"language": "sv", "next": "/start/x/"})
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, "/start/x/")


def test_pages_open_once_there_is_an_owner_also_through_a_proxy(client: Client, as_mallory: Client) -> None:
    assert (
        as_mallory.get("/sign-in/", headers={"x-forwarded-for": "203.0.113.5"}).status_code == HTTPStatus.OK
    )


def test_first_page_is_the_first_of_the_menu(as_anna: Client) -> None:
    assert as_anna.get("/")["Location"] == "/today/"


def test_first_page_of_a_visitor_is_sign_in(as_mallory: Client) -> None:
    assert as_mallory.get("/")["Location"] == "/sign-in/?next=/"
