"""Bad passwords are refused: the rules are broken on the disk, in the settings and in the database, and mended."""

import hashlib
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from tests.cast import PASSWORD
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.accounts.passwords import lists
from tryggve.audit.models import Entry
from tryggve.controls import services as controls
from tryggve.controls.engine.standing import State
from tryggve.controls.tests import here
from tryggve.domains.access.models import Invitation
from tryggve.domains.access.services import own_sign_in
from tryggve.domains.access.tests import measured
from tryggve.domains.access.trials import passwords
from tryggve.lib import folders

pytestmark = pytest.mark.django_db
AUT = "AUT-02"


@pytest.fixture
def now() -> datetime:
    # A telephone's codes count by the real clock.
    return timezone.now()


def _write_past_tryggve(user: User, encoded: str) -> None:
    own = user.pk if connection.vendor == "postgresql" else user.pk.hex
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET password = %s WHERE id = %s", [encoded, own])


def test_it_is_proven_by_trying(anna: User, bo: User, now: datetime) -> None:
    found = here.measure(AUT, at=now)

    assert (found.verdict, found.facts) == ("PROVED", {"tried": 6, "taken": 0, "people": 2, "unchecked": 0})


def test_it_is_tried_by_the_encrypted_address_where_there_is_one(
    anna: User, now: datetime, settings: Settings
) -> None:
    settings.ORIGIN, settings.ALLOWED_HOSTS = "https://tryggve.example", ["tryggve.example"]
    for name in ("COOKIES_ARE_SECURE", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        setattr(settings, name, True)

    assert measured.outcome(AUT, now) == "PROVED"


def test_nothing_of_it_is_kept(anna: User, now: datetime) -> None:
    kept = (User, Invitation, Entry)
    before = [model.objects.count() for model in kept], vault.staff_keyring().newest_key()

    passwords.tried(at=now)

    assert ([model.objects.count() for model in kept], vault.staff_keyring().newest_key()) == before


def test_an_empty_list_of_leaked_passwords_is_found(
    anna: User, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, leaked = lists.FILES
    (tmp_path / words).write_bytes((lists.FOLDER / words).read_bytes())
    (tmp_path / leaked).write_bytes(lists.packed(set()))
    with monkeypatch.context() as patch:
        patch.setattr(lists, "FOLDER", tmp_path)
        assert measured.outcome(AUT, now) == "FAILING leaked"

    controls.attest(control=AUT, by=anna, note="Ours are fine.", until=None, at=now)
    assert measured.state(AUT, now) == State.FAILING

    assert measured.outcome(AUT, now) == "PROVED"


def test_a_rule_that_lets_short_ones_pass_is_found(anna: User, now: datetime, settings: Settings) -> None:
    whole = settings.AUTH_PASSWORD_VALIDATORS
    settings.AUTH_PASSWORD_VALIDATORS = [one for one in whole if "MinimumLength" not in one["NAME"]]
    assert measured.outcome(AUT, now) == "FAILING short"

    settings.AUTH_PASSWORD_VALIDATORS = whole
    assert measured.outcome(AUT, now) == "PROVED"


def test_a_password_that_was_written_past_tryggve_is_found(anna: User, now: datetime) -> None:
    _write_past_tryggve(anna, "md5$salt$00")

    assert measured.outcome(AUT, now) == "FAILING unchecked"

    anna.refresh_from_db()
    own_sign_in.change_password(user=anna, password="fyra nya hästar sjunger", this=None, at=now)
    assert measured.outcome(AUT, now) == "PROVED"


def test_a_password_that_was_copied_from_another_row_with_its_mark_is_found(
    anna: User, bo: User, now: datetime
) -> None:
    row = User.objects.filter(pk=bo.pk).values("password", "password_mark").get()
    User.objects.filter(pk=anna.pk).update(**row)
    anna.refresh_from_db()
    assert (anna.check_password(PASSWORD), bo.is_marked, anna.is_marked) == (True, True, False)

    assert measured.outcome(AUT, now) == "FAILING unchecked"

    own_sign_in.change_password(user=anna, password="fyra nya hästar sjunger", this=None, at=now)
    assert measured.outcome(AUT, now) == "PROVED"


def test_a_mark_that_is_made_without_the_service_key_marks_nothing(anna: User, now: datetime) -> None:
    digest = hashlib.sha256(anna.password.encode()).hexdigest()
    for forged in (digest, "", "not hexadecimal", f"01{digest}"):
        User.objects.filter(pk=anna.pk).update(password_mark=forged)
        assert measured.outcome(AUT, now) == "FAILING unchecked"


def test_passwords_stay_checked_when_the_key_of_sessions_is_made_anew(
    anna: User, now: datetime, settings: Settings
) -> None:
    """As on another computer, which the service key comes along to."""
    settings.SECRET_KEY = "another"
    vault.forget()

    assert anna.check_password(PASSWORD)
    assert measured.outcome(AUT, now) == "PROVED"


def test_without_the_service_key_a_password_is_still_known(anna: User, now: datetime) -> None:
    key = folders.current().service_key_file
    aside = key.with_name("aside")
    key.rename(aside)
    vault.forget()
    try:
        assert anna.check_password(PASSWORD)
        with pytest.raises(vault.ServiceKeyMissing):
            measured.outcome(AUT, now)
    finally:
        aside.rename(key)
        vault.forget()


def test_signing_in_washes_no_such_password_clean(anna: User, now: datetime, settings: Settings) -> None:
    other = User()
    other.set_password(PASSWORD)
    _write_past_tryggve(anna, other.password)
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    anna.refresh_from_db()

    assert anna.check_password(PASSWORD)
    anna.refresh_from_db()
    assert (anna.password, anna.is_marked) == (other.password, False)


def test_a_password_that_is_hashed_anew_at_sign_in_stays_checked(anna: User, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]

    assert anna.check_password(PASSWORD)
    anna.refresh_from_db()
    assert anna.password.startswith("pbkdf2_sha256$")
    assert anna.is_marked


def test_who_comes_in_without_a_password_is_not_counted(anna: User, bo: User, now: datetime) -> None:
    bo.set_password(None)
    bo.save(update_fields=["password", "password_mark"])

    assert here.measure(AUT, at=now).facts["people"] == 1


def test_a_page_that_takes_no_password_at_all_tells_nothing(
    anna: User, now: datetime, settings: Settings
) -> None:
    settings.AUTH_PASSWORD_VALIDATORS = [
        {
            "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
            "OPTIONS": {"min_length": 900},
        }
    ]

    assert measured.outcome(AUT, now) == "no-answer"


def test_before_there_is_a_company_it_is_unknown(db: None, now: datetime) -> None:
    assert measured.outcome(AUT, now) == "not-begun"


def test_each_bad_one_is_on_its_own_ground() -> None:
    kinds = [(kind, len(password)) for kind, password in passwords.bad_ones()]

    assert kinds[0] == ("short", 11)
    assert [kind for kind, _length in kinds[1:]] == ["leaked", "leaked"]
    assert min(length for _kind, length in kinds[1:]) >= 12
    assert passwords._WELL_KNOWN in lists.unpacked((lists.FOLDER / lists.FILES[1]).read_bytes())
