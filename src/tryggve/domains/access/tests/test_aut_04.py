"""A password alone opens nothing: taken out in several ways, found each time, put back, and proven again."""

from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests import signing_in
from tests.cast import PASSWORD
from tryggve import vault
from tryggve.accounts import sign_ins
from tryggve.accounts.models import Device, User
from tryggve.accounts.policy import rules
from tryggve.audit.models import Entry
from tryggve.controls.engine.standing import State
from tryggve.controls.models import Finding, Probe
from tryggve.controls.tests import here
from tryggve.domains.access.adapter import AccountAdapter
from tryggve.domains.access.engine import totp
from tryggve.domains.access.selectors import second_factors
from tryggve.domains.access.selectors.provider import key_of
from tryggve.domains.access.services import factors as services
from tryggve.domains.access.services import provider
from tryggve.domains.access.tests import factors, measured
from tryggve.domains.access.trials import second_step
from tryggve.domains.access.trials.browser import Browser

pytestmark = pytest.mark.django_db
AUT = "AUT-04"
_GATE = "tryggve.accounts.gate.PermissionGate"


@pytest.fixture
def now() -> datetime:
    # A telephone's codes count by the real clock.
    return timezone.now()


@pytest.fixture
def enrolled(anna: User, bo: User) -> tuple[User, User]:
    """Everybody at the firm has a second factor."""
    for user in (anna, bo):
        factors.telephone_of(user)
    return anna, bo


def test_it_is_proven_by_trying(enrolled: object, now: datetime) -> None:
    found = here.measure(AUT, at=now)

    assert found.verdict == "PROVED"
    assert found.facts == {
        "people": 2,
        "without": 0,
        "with_passkey": 0,
        "sessions_without": 0,
        "pages": len(second_step.behind_the_second_step()),
        "links": 1,
    }
    assert found.facts["pages"] > 100


def test_nothing_of_it_is_kept(enrolled: object) -> None:
    kept = (User, Session, Entry, Authenticator, Device)
    before = [model.objects.count() for model in kept], vault.staff_keyring().newest_key()

    second_step.tried()

    assert ([model.objects.count() for model in kept], vault.staff_keyring().newest_key()) == before


def test_a_factor_that_is_taken_away_is_found(enrolled: tuple[User, User], now: datetime) -> None:
    anna, bo = enrolled
    assert measured.outcome(AUT, now) == "PROVED"

    with connection.cursor() as cursor:
        own = bo.pk if connection.vendor == "postgresql" else bo.pk.hex
        cursor.execute("DELETE FROM mfa_authenticator WHERE user_id = %s", [own])

    assert measured.outcome(AUT, now) == "FAILING people"
    measured.require_not_attestable(AUT, by=anna, at=now)
    assert measured.state(AUT, now) == State.FAILING

    factors.telephone_of(bo)
    assert measured.outcome(AUT, now) == "PROVED"
    assert Finding.objects.filter(control=AUT, closed_at=None).count() == 0


def test_recovery_codes_alone_are_no_second_factor(enrolled: tuple[User, User], now: datetime) -> None:
    _anna, bo = enrolled
    Authenticator.objects.filter(user=bo).delete()
    services.make_recovery_codes(user=bo, at=now)

    assert second_factors.enrolment(at=now).without == 1


_ISSUER = "http://localhost:9"


@pytest.fixture
def linked(enrolled: tuple[User, User], now: datetime) -> User:
    """Bo has no second factor here, and signs in at Microsoft, whose word is taken for one."""
    anna, bo = enrolled
    Authenticator.objects.filter(user=bo).delete()
    _choose_microsoft(anna, now, trusts=True)
    SocialAccount.objects.create(user=bo, provider=key_of(_ISSUER), uid="17")
    return bo


def _choose_microsoft(anna: User, now: datetime, *, trusts: bool) -> None:
    provider.set_provider(
        name="Microsoft",
        issuer=_ISSUER,
        client_id="tryggve",
        secret="s3cret",
        links_by_email=False,
        trusts_factor=trusts,
        actor=anna.actor,
        at=now,
    )


def _forget_password(user: User) -> None:
    user.set_password(None)
    user.save(update_fields=["password", "password_mark"])


def test_another_companys_second_step_counts_for_who_has_no_password_here(
    linked: User, now: datetime
) -> None:
    assert measured.outcome(AUT, now) == "FAILING people"

    _forget_password(linked)
    assert measured.outcome(AUT, now) == "PROVED"


def test_a_stolen_password_of_somebody_with_a_trusted_sign_in_is_enough_to_come_in(linked: User) -> None:
    """Why such a person needs a second factor of the own."""
    thief = Browser()
    thief.send(reverse("account_login"), login=linked.email, password=PASSWORD)

    assert thief.get(reverse("access:second-factor")).status == HTTPStatus.OK


def test_another_companys_second_step_counts_for_nothing_where_its_word_is_not_taken(
    linked: User, anna: User, now: datetime
) -> None:
    _forget_password(linked)
    _choose_microsoft(anna, now, trusts=False)

    assert second_factors.enrolment(at=now).without == 1


@pytest.mark.parametrize("elsewhere", ["saml", key_of(f"saml {_ISSUER}")])
def test_a_link_to_another_service_than_the_trusted_one_counts_for_nothing(
    linked: User, now: datetime, elsewhere: str
) -> None:
    _forget_password(linked)
    SocialAccount.objects.filter(user=linked).update(provider=elsewhere)

    assert second_factors.enrolment(at=now).without == 1


def test_who_has_a_password_beside_a_trusted_sign_in_is_told_what_to_do(
    linked: User, as_anna: Client
) -> None:
    shown = as_anna.get(reverse("access:passwords")).content.decode()
    assert "Ask the person to set up a passkey or a code app on the page My sign-in, too." in shown

    SocialAccount.objects.filter(user=linked).delete()
    shown = as_anna.get(reverse("access:passwords")).content.decode()
    assert "Ask the person to sign in: Tryggve then asks for one." in shown


def test_a_session_without_the_second_step_is_found(enrolled: tuple[User, User], now: datetime) -> None:
    _anna, bo = enrolled
    signing_in.browser_of(bo, at=now - timedelta(hours=1), with_factor=False)

    assert measured.outcome(AUT, now) == "FAILING sessions"

    sign_ins.end_all(user=bo, at=now)
    assert measured.outcome(AUT, now) == "PROVED"


def test_a_session_in_which_the_first_factor_is_being_set_up_is_none(
    enrolled: tuple[User, User], now: datetime
) -> None:
    signing_in.browser_of(enrolled[1], at=now - timedelta(minutes=5), with_factor=False)

    assert second_factors.enrolment(at=now).sessions_without == 0


def test_a_session_with_the_second_step_is_as_it_should_be(
    enrolled: tuple[User, User], now: datetime
) -> None:
    signing_in.browser_of(enrolled[1], at=now - timedelta(hours=1))

    assert second_factors.enrolment(at=now).sessions_without == 0


def test_without_the_gate_a_password_opens_pages(enrolled: object, now: datetime, settings: Settings) -> None:
    whole = settings.MIDDLEWARE
    settings.MIDDLEWARE = [one for one in whole if one != _GATE]
    assert measured.outcome(AUT, now) == "FAILING opened"

    settings.MIDDLEWARE = whole
    assert measured.outcome(AUT, now) == "PROVED"


def test_without_the_rule_a_password_opens_pages(
    enrolled: object, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(rules, "RULES", tuple(one for one in rules.RULES if one.code != "no-second-factor"))
        assert measured.outcome(AUT, now) == "FAILING opened"

    assert measured.outcome(AUT, now) == "PROVED"


def test_without_the_second_step_nobody_is_asked(
    enrolled: object, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(AccountAdapter, "get_login_stages", lambda self: [])
        assert measured.outcome(AUT, now) == "FAILING not-asked"

    assert measured.outcome(AUT, now) == "PROVED"


def test_a_door_that_takes_no_password_tells_nothing(
    enrolled: object, now: datetime, settings: Settings
) -> None:
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.BaseBackend"]

    assert measured.outcome(AUT, now) == "no-answer"
    assert measured.state(AUT, now) == State.UNKNOWN


def test_before_there_is_a_company_it_is_unknown(db: None, now: datetime) -> None:
    assert measured.outcome(AUT, now) == "not-begun"


def test_an_owner_who_has_just_begun_lacks_it(anna: User, now: datetime) -> None:
    assert measured.outcome(AUT, now) == "FAILING people"


def test_it_is_measured_again_as_soon_as_somebody_has_set_one_up(anna: User, now: datetime) -> None:
    here.measure(AUT, at=now)
    assert Probe.objects.get(control=AUT).asked_at is None

    secret = totp.new_secret()
    services.add_totp(user=anna, secret=secret, code=factors.code_now(secret), at=now)

    assert Probe.objects.get(control=AUT).asked_at == now
