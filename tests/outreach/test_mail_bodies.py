"""A mail as it comes out at the other end of the wire: its headers, its two texts, and the way to say no."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from tests.by_right import consenting
from tests.by_right.consenting import links_in
from tests.cast import NOW
from tests.outreach import writing
from tests.outreach.writing import NEWS, TEXT_OF_NEWS, html, plain, started
from tryggve.domains.outreach import mail_bodies
from tryggve.domains.outreach.mail_bodies import Frame
from tryggve.domains.outreach.mailing_words import Words
from tryggve.lib.ids import new_id
from tryggve.notices import letters
from tryggve.notices.tests.post_office import PostOffice

ORIGIN = "https://annas-snickeri-och-inredning-i-skelleftea.tryggve.example"
FRAME = Frame(
    "sv", "Annas Snickeri", "Nyhetsbrev", is_by_consent=True, notice="https://annas.example/notice/sv/"
)
STOP = "https://annas.example/consent/stop/abc/"
# RFC 2369 §2: addresses in angle brackets, parted by commas; RFC 8058 §3.1: one of https, and this one word.
LIST_UNSUBSCRIBE = re.compile(rb"^List-Unsubscribe: <(https://[!-;=?-~]+)>\r$", re.MULTILINE)
ONE_CLICK = re.compile(rb"^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$", re.MULTILINE)


@pytest.fixture
def at_home(settings: Settings) -> None:
    """The company is reached by an encrypted address that is longer than a line of a mail."""
    settings.ORIGIN = ORIGIN
    settings.ALLOWED_HOSTS = ["*"]


def made(words: Words, frame: Frame = FRAME) -> bytes:
    """The whole mail as bytes."""
    body = mail_bodies.body(words, frame, stop=STOP)
    sender, to = letters.address_of("anna@example.se", "Annas"), letters.address_of("cilla@example.se")
    mail = letters.as_mail(
        body.letter("cilla@example.se"), sender=sender, to=to, message=new_id(), made_at=NOW
    )
    body.dress(mail)
    return mail.as_bytes()


@pytest.mark.django_db
@pytest.mark.usefixtures("at_home")
def test_mail_programs_withdraw_with_one_click_on_what_came_by_real_mail(
    post: PostOffice, newsletter: UUID
) -> None:
    cilla, _dan = writing.cilla_and_dan()
    writing.say_yes(newsletter, cilla)
    with time_machine.travel(NOW, tick=False):
        writing.work_to_the_end(started(newsletter))
        [mail] = post.desk.taken
        [address] = re.fullmatch("<(.*)>", str(mail["List-Unsubscribe"])).groups()  # type: ignore[union-attr]  # it is one
        assert address.startswith(f"{ORIGIN}/consent/stop/")
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert address in plain(mail)
        assert address in html(mail)
        path = address.removeprefix(ORIGIN)
        browser = Client(enforce_csrf_checks=True)
        assert b"<form" in browser.get(path).content
        assert consenting.holds(cilla, newsletter, NOW + timedelta(seconds=1))
        assert browser.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not consenting.holds(cilla, newsletter, NOW + timedelta(seconds=1))


@pytest.mark.django_db
@pytest.mark.usefixtures("at_home")
def test_one_click_stops_mail_that_needs_no_consent_too(post: PostOffice) -> None:
    purpose = writing.customer_news()
    cilla, dan = writing.cilla_and_dan()
    with time_machine.travel(NOW, tick=False):
        writing.work_to_the_end(started(purpose))
        first = next(one for one in post.desk.taken if one["To"] == "cilla@example.se")
        assert "you said yes" not in plain(first)
        [path] = [one for one in links_in(plain(first)) if "/stop/" in one]
        page = Client().get(path).content.decode()
        assert "You agreed" not in page
        Client().post(path, {"List-Unsubscribe": "One-Click"})
    mailing = writing.draft(purpose)
    writing.start(mailing, at=NOW + timedelta(days=1))
    writing.work_to_the_end(mailing, writing.Clock(NOW + timedelta(days=1)))
    assert [writing.reason_of(mailing, one) for one in (cilla, dan)] == ["objected", "sent"]


def test_headers_that_programs_read_stand_on_one_line_as_they_are() -> None:
    long = f"https://{'a' * 60}.example/consent/stop/{'x' * 43}/"
    body = mail_bodies.body(NEWS, FRAME, stop=long)
    sender, to = letters.address_of("anna@example.se"), letters.address_of("cilla@example.se")
    mail = letters.as_mail(body.letter("c@example.se"), sender=sender, to=to, message=new_id(), made_at=NOW)
    body.dress(mail)
    found = LIST_UNSUBSCRIBE.findall(mail.as_bytes())
    assert [one.decode() for one in found] == [long]
    assert len(ONE_CLICK.findall(mail.as_bytes())) == 1


def test_one_click_is_offered_by_an_encrypted_address_only() -> None:
    body = mail_bodies.body(NEWS, FRAME, stop="http://localhost:8000/consent/stop/abc/")
    sender, to = letters.address_of("anna@example.se"), letters.address_of("cilla@example.se")
    mail = letters.as_mail(body.letter("c@example.se"), sender=sender, to=to, message=new_id(), made_at=NOW)
    body.dress(mail)
    assert (mail["List-Unsubscribe-Post"], "List-Unsubscribe" in mail) == (None, True)


def test_twin_says_the_same_with_links_and_fetches_nothing() -> None:
    parsed = message_from_bytes(made(NEWS), policy=policy.default)
    page = html(parsed)
    assert TEXT_OF_NEWS in plain(parsed)
    assert f"<p>{TEXT_OF_NEWS}<br>" in page
    assert set(re.findall(r'href="([^"]*)"', page)) == {"https://annas.example/hours", STOP, FRAME.notice}
    assert (
        re.findall(r"<(?:img|link|script|iframe|object|video|audio|form|base)\b|\bsrc=|url\(|@import", page)
        == []
    )


def test_why_it_comes_stands_below() -> None:
    asked, unasked = (
        plain(
            message_from_bytes(
                made(NEWS, replace(FRAME, language="en", is_by_consent=one)), policy=policy.default
            )
        )
        for one in (True, False)
    )
    assert "because you said yes to «Nyhetsbrev»" in asked
    assert "for the sake of «Nyhetsbrev»" in unasked


def test_markup_in_the_text_is_text() -> None:
    page = html(
        message_from_bytes(
            made(Words("<b>s</b>", "<script>alert(1)</script> & <img src=x>")), policy=policy.default
        )
    )
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;img src=x&gt;" in page


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.text(max_size=400))
def test_no_subject_and_no_text_puts_a_header_into_the_mail(subject: str, text: str) -> None:
    _is_whole(made(Words(subject, text)))


@pytest.mark.parametrize(
    "line", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\n ", "\r\n\t"]
)
def test_subject_with_a_line_break_is_one_line(line: str) -> None:
    subject = f"News{line}Bcc: mallory@example.org{line}{line}<b>hello</b>"
    parsed = _is_whole(made(Words(subject, "text")))
    assert str(parsed["Subject"]) == "News Bcc: mallory@example.org <b>hello</b>"


def _is_whole(content: bytes) -> EmailMessage:
    parsed = message_from_bytes(content, policy=policy.default)
    assert sorted(parsed.keys()) == sorted([
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "List-Unsubscribe", "List-Unsubscribe-Post",
    ])  # fmt: skip
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    return parsed
