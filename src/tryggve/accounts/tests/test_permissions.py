import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import checks

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role


def _faults() -> list[str]:
    return sorted(fault.msg for fault in checks.run_checks() if fault.id == "tryggve.E020")


def test_every_view_of_the_product_asks_for_a_declared_permission() -> None:
    asked = {permissions.asked_by(view, name) for view, name, _address in permissions.views()}
    assert asked - permissions.declared().keys() == {permissions.PUBLIC}
    assert _faults() == []


FOR_STAFF = {
    "account_login",
    "account_logout",
    "api-description",
    "calendar-feed",  # a program fetches it, with a secret address of somebody's own
    "health",
    "heard",  # another backup calls it, with a secret address of its own
    "join",
    "language",
    "mfa_authenticate",
    "passkey-alone",
    "passkey-question",
    "provider-leave",
    "provider-return",
    "saml",
    "saml-arrived",
    "saml-return",
    "start",
    "trial",  # that an alarm arrived, by a link in the mail; a button says so
}
# Each asks for a link's token, a session of the customer's own, or is meant for the public.
FOR_CUSTOMERS = {
    "answer",
    "ask",
    "asked",
    "choose",
    "consents",
    "data",
    "form",
    "home",
    "leave",
    "looks",
    "mine",
    "notice",
    "open",
    "package",
    "public-notice",
    "public-notice-in",
    "receipt",
    "requests",
    "sign-up",
    "sign-up-confirm",
    "sign-up-sent",
    "thanks",
    "withdraw",
}


def test_only_these_pages_are_open_to_all() -> None:
    """A new one here is a decision: whoever reaches the port may open it."""
    public = {
        name
        for view, name, _address in permissions.views()
        if permissions.asked_by(view, name) == permissions.PUBLIC
    }
    assert public == FOR_STAFF | FOR_CUSTOMERS


@pytest.mark.usefixtures("planted_pages")
def test_views_without_a_declared_permission_are_found_at_start() -> None:
    at = "tryggve.accounts.tests.planted."
    assert _faults() == [
        f"{at}Forgotten at «forgotten/» asks for None",
        f"{at}forgotten at «forgotten/» asks for None",
        f"{at}misspelt at «misspelt/» asks for 'planted.misspelt'",
    ]


def test_role_opens_its_areas_and_no_others() -> None:
    assert permissions.may(User(), "customers.view")
    assert not permissions.may(User(), "setup.change-mail")
    assert not permissions.may(User(role=Role.OWNER), "customers.no-such")


def test_nobody_else_has_any() -> None:
    assert not permissions.may(AnonymousUser(), "customers.view")
    assert not permissions.may(User(is_active=False), "customers.view")


def test_everybody_may_open_what_is_public() -> None:
    for visitor in (AnonymousUser(), User(is_active=False), User()):
        assert permissions.may(visitor, permissions.PUBLIC)


def test_undeclared_permission_is_had_by_nobody() -> None:
    assert not permissions.may(User(), "planted.undeclared")
