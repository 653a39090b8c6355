import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from tryggve.accounts.models import User
from tryggve.ui import first_work, reminders
from tryggve.ui.reminders import Reminder

pytestmark = pytest.mark.usefixtures("planted_pages")


def _line(user: User | AnonymousUser) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return engines["django"].from_string("{% load ui %}{% reminders %}").render({}, request).strip()


def test_line_is_shown_to_who_has_signed_in() -> None:
    reminders.register(lambda request: [Reminder("<b> waits.", "/staff/", "Go there")])
    assert _line(User(name="Anna")) == (
        '<p class="notice reminder">&lt;b&gt; waits. <a href="/staff/">Go there</a></p>'
    )
    assert _line(AnonymousUser()) == ""


def test_line_may_lead_nowhere() -> None:
    reminders.register(lambda request: [Reminder("Stop.", tone="danger")])
    assert _line(User(name="Anna")) == '<p class="notice reminder notice-danger">Stop.</p>'


def test_page_without_reminders_has_no_line() -> None:
    assert _line(User(name="Anna")) == ""


def test_company_begins_with_one_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_work, "_offered", {})
    assert first_work.offered() is None
    first_work.offer(url_name="staff", permission="planted.see", is_done=lambda: True)
    with pytest.raises(ValueError, match="staff is what a company begins with already"):
        first_work.offer(url_name="fine", permission="planted.see", is_done=lambda: True)
