"""Deeds and facts in words."""

import pytest
from django.test import Client
from django.utils import translation

from tryggve.accounts.models import User
from tryggve.audit import registry
from tryggve.domains.access.tests.log_reading import CILLA, look_at
from tryggve.domains.access.words import facts as log_fact_words
from tryggve.domains.access.words import log as log_words

pytestmark = pytest.mark.django_db


def test_reader_reads_it_in_their_own_language(as_anna: Client, anna: User) -> None:
    """The titles are asked for when the page is made, not when the program starts."""
    look_at(CILLA)
    with translation.override("sv"):
        assert log_words.title_of("customers.viewed") == "En kunds uppgifter lästes"


def test_action_that_no_domain_knows_any_more_shows_its_code() -> None:
    assert log_words.title_of("gone.long-ago") == "gone.long-ago"


def test_every_fact_of_every_action_has_a_label() -> None:
    declared = {fact for action in registry.actions().values() for fact in action.facts}
    assert declared - log_fact_words.FACTS.keys() == {"action"} & declared


def test_facts_are_words_numbers_and_short_ids() -> None:
    told = {"rows": 1204, "fields": ["emails", "note"], "batch": str(CILLA), "ok": False, "why": "changed"}
    assert log_words.facts(told) == [
        ("rows", "1,204"),
        ("fields", "e-mail, note"),
        ("import", "…b302099a8057"),
        ("whole", "no"),
        ("what is wrong", "an entry isn't what was logged"),
    ]


def test_codes_of_people_and_times_are_words() -> None:
    told = {
        "role": "supplier",
        "before": "own",
        "level": "read",
        "starts": 0,
        "step": "access.wifi",
        "reason": "used",
    }
    with translation.override("en"):
        assert log_words.facts(told) == [
            ("role", "IT supplier"),
            ("before", "own customers only"),
            ("may", "see"),
            ("from", "Jan. 1, 1970, 1 a.m."),
            ("what", "Change the password of the Wi-Fi"),
            ("reason", "used before"),
        ]


def test_what_a_mail_server_said_is_told_of_mail_and_not_of_sign_in() -> None:
    with translation.override("en"):
        [(_label, of_mail)] = log_words.facts({"outcome": "unreachable"}, action="outreach.tested")
        [(_label, of_sign_in)] = log_words.facts({"outcome": "unreachable"}, action="access.provider-tested")
        [(_label, paused)] = log_words.facts({"trouble": "by-hand"}, action="outreach.paused")
    assert of_mail.startswith("The mail server can't be reached.")
    assert of_sign_in.startswith("The sign-in service doesn't answer.")
    assert paused == "somebody paused it"
