"""A mail to who signs in on a device not seen before; it never stops anybody."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import Client

from tryggve.accounts.models import Device, User
from tryggve.domains.access.tests import door
from tryggve.lib import folders
from tryggve.notices import letters
from tryggve.notices.models import OutboxMessage
from tryggve.vault import service

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Macintosh) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


def _mails() -> list[letters.Letter]:
    return [
        letters.opened(bytes(row.body_sealed or b""), row.pk) for row in OutboxMessage.objects.order_by("pk")
    ]


@contextmanager
def _without_service_key() -> Iterator[None]:
    here = folders.current().service_key_file
    away = here.rename(here.with_name("away"))
    service.forget()
    try:
        yield
    finally:
        away.rename(here)
        service.forget()


def test_first_device_of_all_is_told_of_to_nobody(anna: User, as_mallory: Client) -> None:
    door.sign_in(as_mallory)
    assert door.is_signed_in(as_mallory)
    assert _mails() == []


def test_device_not_seen_before_is_told_of_in_words_and_by_whom(anna: User) -> None:
    door.sign_in(Client())
    door.sign_in(Client(headers={"user-agent": CHROME}))
    (mail,) = _mails()
    assert mail.address == anna.email
    assert "Chrome, Mac" in mail.text
    assert "http" not in mail.text  # words only: a link in such a mail is what a thief would send


def test_known_device_is_not_told_of(anna: User) -> None:
    browser = Client()
    door.sign_in(Client())
    for _time in range(3):
        door.sign_in(browser)
        browser.post("/sign-out/")
    assert (len(_mails()), Device.objects.count()) == (1, 2)


def test_browser_of_two_people_is_known_to_each(anna: User, bo: User) -> None:
    browser = Client()
    for email in (anna.email, bo.email, anna.email):
        door.sign_in(browser, email)
        browser.post("/sign-out/")
    assert _mails() == []
    assert len({row.token_hash for row in Device.objects.all()}) == 1


def test_browser_that_calls_itself_anything_puts_no_words_into_the_mail(anna: User) -> None:
    door.sign_in(Client())
    door.sign_in(Client(headers={"user-agent": "call 0700-123456 at once"}))
    (mail,) = _mails()
    assert "0700" not in mail.text


def test_without_a_service_key_anna_signs_in_all_the_same(anna: User) -> None:
    door.sign_in(Client())
    browser = Client()
    with _without_service_key():
        door.sign_in(browser)
    assert door.is_signed_in(browser)
    assert _mails() == []
    assert [entry.details_id is None for entry in door.entries()] == [False, True]


def test_token_of_a_device_is_kept_as_a_hash_only(anna: User, as_mallory: Client) -> None:
    door.sign_in(as_mallory)
    token = as_mallory.cookies[settings.DEVICE_COOKIE_NAME].value
    assert len(token) >= 43
    assert token not in str(list(Device.objects.values()))
