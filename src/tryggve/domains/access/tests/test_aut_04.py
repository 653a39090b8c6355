"""A password alone opens nothing: taken out in several ways, found each time, put back, and proven again."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from tests import signing_in
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
from tryggve.domains.access.services import factors as services
from tryggve.domains.access.services import provider
from tryggve.domains.access.tests import factors, measured
from tryggve.domains.access.trials import second_step

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


@pytest.mark.parametrize(("trusts", "without"), [(True, 0), (False, 1)])
def test_another_companys_second_step_counts_where_its_word_is_taken(
    enrolled: tuple[User, User], now: datetime, trusts: bool, without: int
) -> None:
    anna, bo = enrolled
    Authenticator.objects.filter(user=bo).delete()
    provider.set_provider(
        name="Microsoft",
        issuer="http://localhost:9",
        client_id="tryggve",
        secret="s3cret",
        links_by_email=False,
        trusts_factor=trusts,
        actor=anna.actor,
        at=now,
    )
    SocialAccount.objects.create(user=bo, provider="openid_connect", uid="17")

    assert second_factors.enrolment(at=now).without == without


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
