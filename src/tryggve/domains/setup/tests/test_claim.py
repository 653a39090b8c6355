"""The link from the terminal makes its bearer the owner: once, by a button, from this computer."""

from http import HTTPStatus

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.setup.models import Firm, OwnerLink
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.domains.setup.services import firm as services
from tryggve.domains.setup.tests import newcomer

pytestmark = pytest.mark.django_db


def test_anna_becomes_the_owner_and_goes_on_to_her_second_factor(client: Client) -> None:
    answer = newcomer.claim(client, newcomer.new_link())
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, "/welcome/")
    firm, anna = Firm.objects.get(), User.objects.get()
    assert (firm.name, firm.country, firm.language) == ("Annas Snickeri", "SE", "en")
    assert (anna.name, anna.email, anna.language) == ("Anna Ek", "anna@example.se", "en")
    assert client.get("/welcome/")["Location"] == "/welcome/second-factor/"
    assert client.get("/customers/")["Location"] == "/sign-in/set-up/"


@pytest.mark.parametrize(("asked", "country"), [("sv", "SE"), ("da", "DK"), ("en", "SE")])
def test_firm_and_owner_get_the_language_they_answered_in(client: Client, asked: str, country: str) -> None:
    link = newcomer.new_link()
    page = client.get(link, headers={"accept-language": asked})
    assert page.context["form"].initial["country"] == country
    client.post(link, newcomer.ANSWERS, headers={"accept-language": asked})
    assert (Firm.objects.get().language, User.objects.get().language) == (asked, asked)


def test_link_and_claim_are_written_in_the_log(client: Client) -> None:
    newcomer.claim(client, newcomer.new_link())
    actor = User.objects.get().actor
    written = [(entry.action, entry.actor, entry.facts) for entry in Entry.objects.order_by("id")]
    assert written == [
        ("setup.owner-link-made", "machine:anna", {}),
        ("setup.firm-claimed", actor, {}),
        ("access.signed-in", actor, {"method": "password"}),
    ]


def test_looking_at_the_page_does_not_use_the_link_up(client: Client) -> None:
    """Mail scanners and browsers open links by themselves."""
    link = newcomer.new_link()
    for _time in range(3):
        assert client.get(link).status_code == HTTPStatus.OK
    assert client.head(link).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert newcomer.claim(client, link).status_code == HTTPStatus.FOUND


def test_faulty_answers_do_not_use_the_link_up(client: Client) -> None:
    link = newcomer.new_link()
    assert newcomer.claim(client, link, email="no address").status_code == HTTPStatus.OK
    assert (Firm.objects.count(), User.objects.count()) == (0, 0)
    assert newcomer.claim(client, link).status_code == HTTPStatus.FOUND


def test_link_works_once(client: Client) -> None:
    link = newcomer.new_link()
    newcomer.claim(client, link)
    for answer in (client.get(link), newcomer.claim(Client(), link, email="mallory@example.com")):
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert "Somebody has become the owner with it." in answer.content.decode()
    assert [user.email for user in User.objects.all()] == ["anna@example.se"]


def test_newer_start_replaces_the_link(client: Client) -> None:
    old, new = newcomer.new_link(), newcomer.new_link()
    for answer in (client.get(old), newcomer.claim(client, old)):
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert "Use the last one in the terminal." in answer.content.decode()
    assert newcomer.claim(client, new).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("token", ["x", "å" * 20, "a" * 5000, "%00", "..", "' OR 1=1"])
def test_guessed_link_leads_nowhere(client: Client, token: str) -> None:
    newcomer.new_link()
    for answer in (client.get(f"/start/{token}/"), newcomer.claim(client, f"/start/{token}/")):
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert OwnerLink.objects.count() == 1


def test_link_of_a_start_that_came_late_makes_no_second_owner(client: Client) -> None:
    """The parent may print a new link in the moment in which the old one was used."""
    newcomer.claim(client, newcomer.new_link())
    late = newcomer.new_token()
    assert not selectors.is_valid_owner_link(late)
    with pytest.raises(services.OwnerLinkUsed, match="Sign in, or start Tryggve again"):
        services.claim_firm(
            token=late, firm_name="M", country="SE", owner_name="M", email="m@example.com", password="x",
            language="en", at=NOW,
        )  # fmt: skip
    assert (Firm.objects.count(), User.objects.count()) == (1, 1)


def test_claim_that_fails_half_way_leaves_the_link_as_it_was(client: Client) -> None:
    User.objects.create_user(email="anna@example.se", password="x", name="Anna", language="en")
    link = newcomer.new_link()
    client.raise_request_exception = False
    assert newcomer.claim(client, link).status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert (Firm.objects.count(), OwnerLink.objects.count()) == (0, 1)
    assert newcomer.claim(client, link, email="other@example.se").status_code == HTTPStatus.FOUND


def test_there_is_never_a_second_firm(client: Client) -> None:
    newcomer.claim(client, newcomer.new_link())
    assert Firm.objects.get().pk == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Firm.objects.create(pk=2, name="M", country="SE", language="en", claimed_at=NOW)


def test_token_is_kept_as_its_hash_only(client: Client) -> None:
    token = newcomer.new_token()
    kept = OwnerLink.objects.values_list().get()
    assert len(token) == 43
    assert [value for value in kept if token in str(value)] == []


def test_session_gets_another_key_when_anna_becomes_the_owner(client: Client) -> None:
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(planted.session_key)
    newcomer.claim(client, newcomer.new_link())
    assert client.session.session_key != planted.session_key


def test_claim_without_the_token_of_its_form_is_refused() -> None:
    link = newcomer.new_link()
    answer = newcomer.claim(Client(enforce_csrf_checks=True), link)
    assert (answer.status_code, Firm.objects.count()) == (HTTPStatus.FORBIDDEN, 0)
