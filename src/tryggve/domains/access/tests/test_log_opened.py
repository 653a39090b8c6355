"""What entries of the log say in words: sealed, opened by who asks, and that is logged."""

import pytest
from django.test import Client

from tryggve import vault
from tryggve.accounts.models import User
from tryggve.domains.access.tests.log_reading import CILLA, DAN, LOG, SAID, look_at, say, shown, text, written
from tryggve.vault import custody
from tryggve.vault.keeper.custody import Custody

pytestmark = pytest.mark.django_db


def test_words_stay_sealed_until_somebody_opens_them(as_anna: Client, anna: User) -> None:
    entry, _key = say(CILLA)
    other, _key = say(DAN)
    answer = as_anna.get(LOG)
    body = answer.content.decode()
    assert [f'name="open" value="{one}"' in body for one in (entry, other, "page")] == [True, True, True]
    assert SAID not in body
    assert written("access.log-details-read") == []

    answer = as_anna.post(LOG, {"open": str(entry), "before": str(answer.context["page"].again)})

    lines = {line.id: line.details for line in answer.context["page"].lines}
    assert lines == {entry: [("Reason", SAID)], other: None}
    assert text(answer).count(SAID) == 1
    (look,) = written("access.log-details-read")
    assert (look.actor, look.subject, look.facts) == (anna.actor, CILLA, {"entries": 1})


def test_all_words_of_a_page_are_opened_at_once(as_anna: Client) -> None:
    say(CILLA)
    say(DAN)
    answer = as_anna.post(LOG, {"open": "page"})
    assert text(answer).count(SAID) == 2
    (look,) = written("access.log-details-read")
    assert (look.subject, look.facts) == (None, {"entries": 2})
    assert not answer.context["page"].has_sealed


def test_opening_shows_the_same_page_though_the_log_has_grown(as_anna: Client) -> None:
    say(CILLA)
    for _ in range(49):
        look_at(DAN)
    first = as_anna.get(LOG).context["page"]
    look_at(DAN)
    again = as_anna.post(LOG, {"open": "page", "before": str(first.again)})
    assert shown(again) == [line.id for line in first.lines]


def test_words_of_an_entry_that_is_not_on_the_page_are_not_opened(as_anna: Client) -> None:
    entry, _key = say(CILLA)
    answer = as_anna.post(f"{LOG}?about={DAN}", {"open": str(entry)})
    assert (shown(answer), written("access.log-details-read")[0].facts) == ([], {"entries": 0})
    assert SAID not in text(as_anna.post(LOG, {"open": "x"}))


def test_words_of_an_erased_person_are_told_to_be_erased(as_anna: Client) -> None:
    _entry, key = say(CILLA)
    vault.keyring().destroy_keys([key])
    assert "Erased with the person" in text(as_anna.post(LOG, {"open": "page"}))


def test_words_are_told_to_be_locked_and_the_log_stays_readable(as_anna: Client, keeper: Custody) -> None:
    say(CILLA)
    custody.lock()
    assert "A customer was deleted" in text(as_anna.get(LOG))
    told = text(as_anna.post(LOG, {"open": "page"}))
    assert ("Can't be read while the register is locked." in told, SAID in told) == (True, False)
