from http import HTTPStatus

import pytest
from django.test import Client, RequestFactory

from tests.cast import PASSWORD
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.domains.access.adapter import AccountAdapter
from tryggve.domains.access.tests import door

pytestmark = pytest.mark.django_db


def _bo(*, is_active: bool) -> User:
    bo = accounts.create_user(email="bo@example.se", password=PASSWORD, name="Bo Ek", language="sv")
    User.objects.filter(pk=bo.pk).update(is_active=is_active)
    return bo


def test_anna_comes_in_with_her_password(anna: User, as_mallory: Client) -> None:
    answer = door.sign_in(as_mallory)
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, "/")
    assert as_mallory.get("/", follow=True).status_code == HTTPStatus.OK


def test_capitals_and_spaces_in_the_address_are_forgiven(anna: User, as_mallory: Client) -> None:
    door.sign_in(as_mallory, " Anna@Example.SE ")
    assert door.is_signed_in(as_mallory)


@pytest.mark.parametrize(
    "password", [door.WRONG, PASSWORD.upper(), f" {PASSWORD}", f"{PASSWORD} ", "", "x" * 100_000]
)
def test_wrong_password_lets_nobody_in(anna: User, as_mallory: Client, password: str) -> None:
    assert door.sign_in(as_mallory, password=password).status_code == HTTPStatus.OK
    assert not door.is_signed_in(as_mallory)


def _page(email: str, password: str) -> tuple[int, str, set[str]]:
    """What a new visitor is shown, but for the address that stands in its own field and the token of the form."""
    browser = Client()
    answer = door.sign_in(browser, email, password)
    assert not door.is_signed_in(browser)
    token = answer.context["csrf_token"]
    text = answer.content.decode().replace(str(token), "").replace(email, "")
    lines = [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]
    return answer.status_code, "\n".join(lines), set(answer.cookies)


def test_answer_tells_nobody_whether_there_is_an_account(anna: User) -> None:
    """Wrong password, unknown address, and a closed account with a wrong and with its right password."""
    _bo(is_active=False)
    wrong = _page(anna.email, door.WRONG)
    assert wrong[1].count("e-mail") + wrong[1].count("password") > 0
    assert _page("mallory@example.com", door.WRONG) == wrong
    assert _page("bo@example.se", door.WRONG) == wrong
    assert _page("bo@example.se", PASSWORD) == wrong


def test_bo_comes_in_again_when_his_account_is_opened(as_mallory: Client, firm: object) -> None:
    bo = _bo(is_active=False)
    door.sign_in(as_mallory, bo.email)
    assert not door.is_signed_in(as_mallory)
    User.objects.filter(pk=bo.pk).update(is_active=True)
    door.sign_in(as_mallory, bo.email)
    assert door.is_signed_in(as_mallory)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example/",
        "http:evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "http://localhost/",
        "http://127.0.0.1:9999/",
        "/\t/evil.example",
        " //evil.example",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in_and_out(
    anna: User, as_mallory: Client, elsewhere: str
) -> None:
    """Another port of this computer is another program, too."""
    assert door.sign_in(as_mallory, next=elsewhere)["Location"] == "/"
    assert as_mallory.post("/sign-out/", {"next": elsewhere})["Location"] == "/sign-in/"


def test_page_of_ours_is_gone_to_after_signing_in(anna: User, as_mallory: Client) -> None:
    assert door.sign_in(as_mallory, next="/customers/?page=2")["Location"] == "/customers/?page=2"


def test_who_is_signed_in_already_is_led_past_the_form(as_anna: Client) -> None:
    assert as_anna.get("/sign-in/")["Location"] == "/"


def test_sign_in_page_names_the_firm_and_asks_for_two_things(as_mallory: Client) -> None:
    answer = as_mallory.get("/sign-in/")
    assert "Annas Snickeri" in answer.content.decode()
    assert list(answer.context["form"].fields) == ["login", "password"]


def test_sign_out_asks_first_and_needs_a_button(as_anna: Client) -> None:
    for method in (as_anna.get, as_anna.head):
        assert method("/sign-out/").status_code == HTTPStatus.OK
        assert door.is_signed_in(as_anna)
    assert as_anna.post("/sign-out/")["Location"] == "/sign-in/"
    assert not door.is_signed_in(as_anna)


@pytest.mark.parametrize(
    "page",
    [
        "signup/", "sign-up/", "login/", "logout/", "password/reset/", "password/change/", "password/set/", "email/",
        "confirm-email/", "confirm-email/x/", "inactive/", "reauthenticate/", "login/code/confirm/", "accounts/login/",
        "accounts/signup/", "password/reset/key/1-x/", "admin/", "social/signup/", "3rdparty/",
    ],
)  # fmt: skip
def test_other_pages_of_allauth_are_not_there(as_anna: Client, page: str) -> None:
    for address in (f"/{page}", f"/accounts/{page}"):
        assert as_anna.get(address).status_code == HTTPStatus.NOT_FOUND
        assert as_anna.post(address).status_code == HTTPStatus.NOT_FOUND


def test_nobody_signs_himself_up(as_mallory: Client) -> None:
    before = User.objects.count()
    as_mallory.post("/sign-in/", {"email": "m@example.com", "password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.count() == before


def test_closed_account_that_somebody_else_vouches_for_begins_again(anna: User) -> None:
    anna.is_active = False
    request = RequestFactory().post("/")
    assert AccountAdapter(request).respond_user_inactive(request, anna)["Location"] == "/sign-in/"
