"""The first question, the domain: asked on Today and in the first steps, and what comes of the answer."""

from datetime import datetime
from html import unescape

import pytest
from django.test import Client

from tests import signing_in
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.controls import services as protecting
from tryggve.controls.models import Probe
from tryggve.domains.exposure import selectors
from tryggve.domains.exposure.models import Domain
from tryggve.domains.exposure.services import measuring, starting
from tryggve.domains.exposure.tests.a_bare_firm import (
    HOME,
    WHO,
    firm_here,
    now,
    owner,
    person,
    start_watching,
    text_of,
)

__all__ = ["firm_here", "now", "owner"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]


def test_one_domain_is_asked_for_and_both_mail_and_site_are_looked_at(owner: Client) -> None:
    assert 'href="/protection/websites/start/"' in text_of(owner, HOME)
    assert 'value="annas.se"' in text_of(owner, f"{HOME}start/")

    answer = owner.post(f"{HOME}start/", {"told": "https://www.Annas.SE/om-oss"})

    assert answer["Location"] == HOME
    assert ([one.asked.name for one in selectors.domains()], [one.host for one in selectors.sites()]) == (
        ["annas.se"], ["www.annas.se"],
    )  # fmt: skip
    asked_for = Probe.objects.exclude(asked_at=None).values_list("control", flat=True)
    assert set(asked_for) == set(measuring.ALL)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("anna", "This is no domain."),
        ("anna@gmail.com", "gmail.com belongs to your mail provider"),
        ("", "This field is required."),
        ("a" * 600, "at most 506 characters"),
    ],
)
def test_what_is_no_domain_of_the_firms_is_said_beside_the_field(owner: Client, told: str, says: str) -> None:
    answer = owner.post(f"{HOME}start/", {"told": told})

    assert (answer.status_code, says in unescape(answer.content.decode())) == (200, True)
    assert Domain.objects.count() == 0


def test_who_comes_from_the_first_steps_is_led_back_and_nowhere_else(owner: Client) -> None:
    answer = owner.post(f"{HOME}start/", {"told": "annas.se", "next": "/welcome/"})
    assert answer["Location"] == "/welcome/"
    again = owner.post(f"{HOME}start/", {"told": "annas.se", "next": "/welcome/"})
    assert "annas.se is watched already" in again.content.decode()
    elsewhere = owner.post(f"{HOME}start/", {"told": "bos.se", "next": "https://mallory.example/"})
    assert elsewhere["Location"] == "/"


def test_today_asks_for_the_domain_until_there_is_an_answer(owner: Client, now: datetime) -> None:
    page = text_of(owner, "/today/")
    assert ("Can others send mail in your name?" in page, 'value="annas.se"' in page) == (True, True)

    starting.watch(told="annas.se", actor=WHO, at=now)

    assert "Can others send mail in your name?" not in text_of(owner, "/today/")


def test_today_asks_no_firm_that_has_no_domain(owner: Client, now: datetime) -> None:
    anna = User.objects.get()
    protecting.exempt(control="MAI-01", by=anna, reason="We have none", until=None, at=now)

    assert "Can others send mail in your name?" not in text_of(owner, "/today/")


def test_today_asks_nobody_who_may_not_answer() -> None:
    bo = signing_in.browser_of(person("bo@annas.se", Role.EMPLOYEE))

    assert "Can others send mail in your name?" not in text_of(bo, "/today/")


def test_first_finding_stands_on_today_with_its_button(owner: Client, now: datetime) -> None:
    start_watching(now)
    page = text_of(owner, "/today/")

    assert ("Others can't send mail in your name" in page, f'href="{HOME}"' in page) == (True, True)
    assert "To your domains and websites" in page
