import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from tryggve.accounts.models import User
from tryggve.ui import search
from tryggve.ui.tests.planted import STAFF_ONLY

pytestmark = pytest.mark.usefixtures("planted_pages")


def box(user: User | AnonymousUser) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return engines["django"].from_string("{% load ui %}{% search_box %}").render({}, request).strip()


def test_box_is_shown_to_whom_it_answers() -> None:
    search.offer(url_name="button-only", label="Search customers", permission=STAFF_ONLY)
    assert 'hx-post="/button-only/"' in box(User(name="Anna"))
    assert box(AnonymousUser()) == ""


def test_no_box_while_nobody_answers() -> None:
    assert box(User(name="Anna")) == ""


def test_second_answer_is_refused() -> None:
    search.offer(url_name="button-only", label="Search", permission=STAFF_ONLY)
    with pytest.raises(ValueError, match="button-only answers the search box already"):
        search.offer(url_name="other", label="Search", permission=STAFF_ONLY)
