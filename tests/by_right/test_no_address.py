"""While nobody can reach Tryggve from elsewhere, customers are mailed no links that would lead nowhere."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.by_right.consenting import letters_sent, read, say, send_through
from tests.cast import NOW
from tryggve.domains.rights import findings, notices
from tryggve.domains.rights.models import Case, PortalLink, SignUp
from tryggve.domains.rights.services.consents import consent_questions
from tryggve.domains.rights.services.portal import answers
from tryggve.lib import folders
from tryggve.notices.models import OutboxMessage
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice
from tryggve.ui import own_address

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock", "nowhere")]


@pytest.fixture
def nowhere(settings: Any) -> None:
    settings.ORIGIN = ""


def test_question_is_refused_with_what_to_do(cilla: UUID, newsletter: UUID) -> None:
    with pytest.raises(own_address.NotReached, match="TRYGGVE_ORIGIN"):
        consent_questions.ask(customer=cilla, purpose=newsletter, language="en", actor="system", at=NOW)
    assert not PortalLink.objects.exists()


@pytest.mark.parametrize("email", ["cilla@example.se", "nobody@example.se"])
def test_own_page_is_refused_alike_whoever_asks(cilla: UUID, email: str) -> None:
    answer = Client().post("/my/come-in/", {"email": email})
    assert "Nobody can reach Tryggve from another computer yet" in read(answer)
    assert not OutboxMessage.objects.exists()


def test_forms_of_the_website_have_no_mail_sent(cilla: UUID, newsletter: UUID) -> None:
    with pytest.raises(own_address.NotReached):
        answers.ask_by_form(
            address="cilla@example.se", purpose=newsletter, actor="anonymous", language="en", at=NOW
        )
    typed = {"name": "Eva", "email": "eva@example.se", "language": "en", "purpose": [str(newsletter)]}
    Client().post("/consent/sign-up/", typed)
    assert not SignUp.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_receipts_come_without_links(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter)
    answers.ask_by_right(customer=cilla, kind=Case.Kind.ERASURE, words="", language="en", at=NOW)
    texts = [one.text for one in letters_sent(notices.CONSENT_RECEIPT) + letters_sent(notices.CASE_RECEIVED)]
    assert [("http" in one, "Write to the company." in one) for one in texts] == [(False, True)] * 2


def test_doctor_warns_once_mail_leaves(office: PostOffice, settings: Any) -> None:
    def verdict() -> str:
        return findings.links_to_customers(folders.current()).verdict

    assert verdict() == "good"
    send_through(office)
    assert verdict() == "warning"
    settings.ORIGIN = "https://tryggve.example.se"
    assert verdict() == "good"
