"""The pages about mail: settings, test mail, outbox; who gets there, what they say, what the log has of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, PASSWORD
from tryggve.accounts import permissions
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.setup import notices
from tryggve.domains.setup.urls import mail as mail_urls
from tryggve.notices import recipients, selectors, services
from tryggve.notices.models import MailServer, OutboxMessage, Security
from tryggve.notices.tests.post_office import PostOffice
from tryggve.notices.troubles import Trouble

pytestmark = pytest.mark.django_db
State = OutboxMessage.State
MAIL, TEST, OUTBOX = "/company/mail/", "/company/mail/test/", "/company/outbox/"
ANSWERS = {
    "host": "smtp.example.com", "port": "587", "security": "starttls", "username": "karin@example.se",
    "password": "gömda nycklar", "sender_address": "tryggve@example.se", "sender_name": "Annas Snickeri",
}  # fmt: skip


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server on this computer that the settings lead to."""
    office = PostOffice()
    office.open()
    services.set_mail_server(
        host="localhost", port=office.port, security=Security.NONE, username="", password=None,
        sender_address="tryggve@example.se", sender_name="", at=NOW,
    )  # fmt: skip
    yield office
    office.close()


def _save(browser: Client, **other: str) -> Any:
    return browser.post(MAIL, ANSWERS | other)


def _message(to: User) -> UUID:
    return services.send(notices.TEST_MAIL, to=recipients.staff(to), at=NOW, firm="Annas Snickeri")


def _entries(code: str) -> list[dict[str, object]]:
    return [entry.facts for entry in Entry.objects.filter(action=code).order_by("id")]


def _text(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_every_page_asks_for_a_permission_of_its_own() -> None:
    asked = {str(one.name): permissions.asked_by(one.callback, None) for one in mail_urls.urlpatterns}
    assert asked == {
        "mail": "setup.change-mail",
        "mail-test": "setup.change-mail",
        "outbox": "setup.view-outbox",
        "outbox-try-again": "setup.change-outbox",
        "outbox-discard": "setup.change-outbox",
    }


def test_mallory_is_sent_to_sign_in(as_mallory: Client, anna: User) -> None:
    message = _message(anna)
    for address in (MAIL, TEST, OUTBOX, f"{OUTBOX}{message}/try-again/", f"{OUTBOX}{message}/discard/"):
        for method in ("get", "post"):
            answer = getattr(as_mallory, method)(address)
            assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in/")
    assert OutboxMessage.objects.count() == 1


def test_button_does_nothing_when_its_address_is_only_opened(as_anna: Client, anna: User) -> None:
    message = _message(anna)
    for address in (TEST, f"{OUTBOX}{message}/try-again/", f"{OUTBOX}{message}/discard/"):
        assert as_anna.get(address).status_code == 405


def test_settings_are_saved_and_the_password_is_never_shown(as_anna: Client) -> None:
    assert _save(as_anna).headers["Location"] == MAIL

    server = selectors.opened_mail_server()
    assert server is not None
    assert (server.host, server.port, server.password) == ("smtp.example.com", 587, "gömda nycklar")
    page = _text(as_anna.get(MAIL))
    assert "smtp.example.com" in page
    assert "gömda" not in page + _text(_save(as_anna, port="0"))
    assert _entries("setup.mail-server-changed") == [
        {"fields": ["host", "password", "port", "security", "sender-address", "sender-name", "username"]}
    ]


def test_empty_password_keeps_the_one_that_is_there(as_anna: Client) -> None:
    _save(as_anna)
    assert _save(as_anna, password="", port="465", security="tls").status_code == 302
    server = selectors.opened_mail_server()
    assert server is not None
    assert (server.port, server.password) == (465, "gömda nycklar")
    assert _entries("setup.mail-server-changed")[1] == {"fields": ["port", "security"]}


def test_saving_what_stands_there_already_leaves_no_entry(as_anna: Client) -> None:
    _save(as_anna)
    _save(as_anna, password="")
    assert len(_entries("setup.mail-server-changed")) == 1


@pytest.mark.parametrize("changed", [{"host": "smtp.mallory.example"}, {"username": "mallory"}])
def test_saved_password_is_not_sent_to_another_server_or_user(
    as_anna: Client, changed: dict[str, str]
) -> None:
    _save(as_anna)
    answer = _save(as_anna, password="", **changed)
    assert "Type the password, too: a saved one is never sent to another server." in _text(answer)
    assert MailServer.objects.get().host == "smtp.example.com"


def test_password_goes_with_the_user_name(as_anna: Client) -> None:
    _save(as_anna)
    _save(as_anna, username="", password="")
    assert MailServer.objects.get().password_sealed is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("security", "none"), ("host", "https://smtp.example.com"), ("host", "smtp example"), ("port", "70000"),
     ("sender_address", "anna"), ("sender_address", "")],
)  # fmt: skip
def test_answer_that_can_not_be_used_is_told_at_its_field(as_anna: Client, field: str, value: str) -> None:
    answer = _save(as_anna, **{field: value})
    assert list(answer.context["form"].errors) == [field]
    assert MailServer.objects.count() == 0


def test_sender_name_is_one_line(as_anna: Client) -> None:
    _save(as_anna, sender_name="Anna\r\nBcc: mallory@example.com")
    assert MailServer.objects.get().sender_name == "Anna Bcc: mallory@example.com"


def test_test_mail_reaches_whoever_asks(as_anna: Client, anna: User, office: PostOffice) -> None:
    answer = as_anna.post(TEST)

    assert "The mail server took the test mail" in _text(answer)
    (mail,) = office.desk.taken
    assert (mail["To"], mail["Subject"]) == (anna.email, "Test mail from Annas Snickeri")
    assert "Mail from Annas Snickeri arrives." in mail.get_content()
    entry = Entry.objects.get(action="setup.test-mail-sent")
    assert (entry.subject, entry.facts, OutboxMessage.objects.count()) == (anna.pk, {"outcome": "sent"}, 0)


@pytest.mark.parametrize(
    ("step", "reply", "trouble"),
    [
        ("MAIL", "550 5.7.1 not yours", Trouble.SENDER_REFUSED),
        ("RCPT", "550 5.1.1 nobody", Trouble.RECIPIENT_REFUSED),
        ("DATA", "554 5.7.1 spam", Trouble.MESSAGE_REFUSED),
        ("RCPT", "450 4.2.0 later", Trouble.BUSY),
    ],
)
def test_test_mail_that_is_refused_says_why_in_plain_words(
    as_anna: Client, office: PostOffice, step: str, reply: str, trouble: Trouble
) -> None:
    office.desk.answers[step] = reply
    answer = as_anna.post(TEST)
    assert answer.context["refusal"].in_words == f"{trouble.label} (The server answered {reply[:3]}.)"
    assert str(trouble.label).replace("'", "&#x27;") in _text(answer)
    assert _entries("setup.test-mail-sent") == [{"outcome": trouble.value}]


def test_test_mail_without_settings_is_refused_in_words(as_anna: Client) -> None:
    answer = as_anna.post(TEST)
    assert "there are no settings for mail yet" in _text(answer)
    assert _entries("setup.test-mail-sent") == []


def test_every_trouble_has_a_sentence_of_its_own() -> None:
    assert len({str(trouble.label) for trouble in Trouble}) == len(Trouble)


def test_outbox_says_what_waits_for_whom_and_why(as_anna: Client, anna: User) -> None:
    _message(anna)
    OutboxMessage.objects.update(attempts=1, error=Trouble.BUSY, reply_code=451)
    page = _text(as_anna.get(OUTBOX))
    for words in ("Test mail", "Anna Ek", "The server asks to come back later.", "(The server answered 451.)",
                  "These wait because there are no settings for mail yet."):  # fmt: skip
        assert words in page
    assert anna.email not in page


def test_outbox_counts_what_left_and_shows_nothing_of_it(as_anna: Client, anna: User) -> None:
    _message(anna)
    OutboxMessage.objects.update(state=State.SENT, body_sealed=None)
    page = _text(as_anna.get(OUTBOX))
    assert "1 message left in the last 90 days." in page
    assert "Nothing waits" in page


def test_empty_outbox_leads_to_the_settings_until_there_are_some(as_anna: Client, anna: User) -> None:
    link = '<a class="btn btn-primary" href="/company/mail/">'
    assert link in _text(as_anna.get(OUTBOX))
    _save(as_anna)
    assert link not in _text(as_anna.get(OUTBOX))


def test_message_to_somebody_who_left_can_be_thrown_away(as_anna: Client, anna: User) -> None:
    bo = accounts.create_user(email="bo@example.se", password=PASSWORD, name="Bo Ek", language="sv")
    message = _message(bo)
    bo_id = bo.pk
    bo.delete()
    assert "somebody who has left" in _text(as_anna.get(OUTBOX))

    answer = as_anna.post(f"{OUTBOX}{message}/discard/", follow=True)

    assert "The message is thrown away." in _text(answer)
    entry = Entry.objects.get(action="setup.message-discarded")
    assert (entry.actor, entry.subject) == (anna.actor, bo_id)
    assert entry.facts == {"message": str(message), "kind": "setup.test-mail"}
    assert OutboxMessage.objects.count() == 0


def test_message_thrown_away_twice_is_refused_in_words(as_anna: Client, anna: User) -> None:
    message = _message(anna)
    as_anna.post(f"{OUTBOX}{message}/discard/")
    for button in ("discard", "try-again"):
        answer = as_anna.post(f"{OUTBOX}{message}/{button}/")
        assert "This message was sent or thrown away meanwhile." in _text(answer)
    assert len(_entries("setup.message-discarded")) == 1


def test_given_up_message_is_tried_again_at_once(as_anna: Client, anna: User) -> None:
    message = _message(anna)
    OutboxMessage.objects.update(state=State.GIVEN_UP, next_try_at=NOW + timedelta(days=9999))
    assert as_anna.post(f"{OUTBOX}{message}/try-again/").headers["Location"] == OUTBOX
    row = OutboxMessage.objects.get()
    assert row.state == State.WAITING
    assert row.next_try_at < NOW + timedelta(days=9999)


def _queries(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_outbox_asks_the_database_as_often_for_many_as_for_one(as_anna: Client, anna: User) -> None:
    _message(anna)
    one = _queries(as_anna, OUTBOX)
    for number in range(30):
        address = f"bo{number}@example.se"
        _message(accounts.create_user(email=address, password=PASSWORD, name=f"Bo {number}", language="sv"))
    assert _queries(as_anna, OUTBOX) == one
    assert one <= 8


def test_mail_page_asks_the_database_little(as_anna: Client) -> None:
    _save(as_anna)
    assert _queries(as_anna, MAIL) <= 6


def test_long_outbox_is_shown_in_pages(as_anna: Client, anna: User) -> None:
    for _number in range(51):
        _message(anna)
    assert _text(as_anna.get(OUTBOX)).count("Try again now") == 0  # without settings there is nothing to try
    assert _text(as_anna.get(OUTBOX)).count("Yes, throw it away") == 50
    assert _text(as_anna.get(OUTBOX, {"page": "2"})).count("Yes, throw it away") == 1
    assert as_anna.get(OUTBOX, {"page": "Cilla"}).status_code == 200


def test_form_without_its_token_is_refused(as_anna: Client, anna: User) -> None:
    message = _message(anna)
    as_anna.handler.enforce_csrf_checks = True
    for address in (MAIL, TEST, f"{OUTBOX}{message}/try-again/", f"{OUTBOX}{message}/discard/"):
        assert as_anna.post(address, ANSWERS).status_code == 403
