"""The pages on which sensitive details are opened with a reason, and changed."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import signing_in
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Level
from tryggve.audit import details as sealed_words
from tryggve.audit import selectors as audit
from tryggve.domains.customers.engine.identity_numbers import written
from tryggve.domains.customers.models import CustomField
from tryggve.domains.customers.selectors import custom_fields
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.customers.tests.numbers import (
    CILLAS,
    CILLAS_WRITTEN,
    DANS,
    FIRMS,
    keep,
    kept_of,
)

pytestmark = pytest.mark.django_db


def _text(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def _path(customer: UUID, rest: str = "") -> str:
    return f"/customers/{customer}/sensitive/{rest}"


def _reveal(browser: Client, customer: UUID, reason: str = "invoice") -> Any:
    return browser.post(_path(customer), {"reason": reason})


def _change(browser: Client, customer: UUID, numbers: str, *, revision: int = 0, **own: str) -> Any:
    answers = {"numbers": numbers, "revision": str(revision), **own}
    return browser.post(_path(customer, "change/"), answers)


def _field(**facts: Any) -> str:
    row = CustomField.objects.create(
        **{"name": "Allergies", "kind": "TEXT", "is_sensitive": True, "made_at": NOW} | facts
    )
    return str(row.pk)


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS, DANS)
    return cilla


def test_page_asks_for_a_reason_and_shows_nothing(as_anna: Client, cilla: UUID) -> None:
    text = _text(as_anna.get(_path(cilla)))
    assert ("Why do you need to see them?" in text, CILLAS_WRITTEN in text) == (True, False)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_without_a_reason_nothing_is_shown(as_anna: Client, cilla: UUID, reason: str) -> None:
    answer = _reveal(as_anna, cilla, reason)
    assert (answer.status_code, CILLAS_WRITTEN in _text(answer)) == (200, False)
    assert audit.newest_entries(limit=1)[0].action != "customers.sensitive-viewed"


def test_with_a_reason_numbers_are_shown_on_a_page_that_no_browser_keeps(
    as_anna: Client, cilla: UUID
) -> None:
    field = _field()
    keep(cilla, CILLAS, DANS, custom=[(field, "nuts")], seen=1)
    answer = _reveal(as_anna, cilla)
    text = _text(answer)
    shown = [
        told in text
        for told in ("Swedish personal number", CILLAS_WRITTEN, "Danish CPR number", written(DANS))
    ]
    assert (shown, "Allergies" in text, "nuts" in text) == ([True] * 4, True, True)
    assert "no-store" in answer.headers["Cache-Control"]
    entry = audit.newest_entries(limit=1)[0]
    assert (entry.action, entry.facts) == ("customers.sensitive-viewed", {"numbers": 2, "answers": 1})
    assert sealed_words.told([entry])[entry.pk].words == {"reason": "invoice"}


def test_each_look_wants_its_own_reason(as_anna: Client, cilla: UUID) -> None:
    assert CILLAS_WRITTEN in _text(_reveal(as_anna, cilla))
    assert CILLAS_WRITTEN not in _text(as_anna.get(_path(cilla)))


def test_reason_with_odd_letters_is_kept_and_harms_nothing(as_anna: Client, cilla: UUID) -> None:
    odd = "<script>alert(1)</script>\u202e å"
    assert CILLAS_WRITTEN in _text(_reveal(as_anna, cilla, odd))
    [entry] = audit.newest_entries(limit=1)
    assert sealed_words.told([entry])[entry.pk].words == {"reason": odd}


def test_old_second_factor_is_asked_for_again_before_anything_is_shown(anna: User, cilla: UUID) -> None:
    browser = signing_in.browser_of(anna, at=timezone.now() - timedelta(minutes=11))
    for answer in (browser.get(_path(cilla)), _reveal(browser, cilla), _change(browser, cilla, "")):
        assert (answer.status_code, "/sign-in/confirm/" in answer.headers["Location"]) == (302, True)
    assert kept_of(cilla).numbers == (CILLAS, DANS)


def test_card_tells_how_many_there_are_and_never_which(as_anna: Client, cilla: UUID) -> None:
    text = _text(as_anna.get(f"/customers/{cilla}/"))
    assert "2 identity numbers are kept, encrypted apart from this card." in text
    assert [word in text for word in (CILLAS_WRITTEN, "3234", "personal number", "CPR")] == [False] * 4


def test_card_tells_of_another_with_the_same_number(as_anna: Client, cilla: UUID) -> None:
    [dan] = add(DAN)
    assert "Another customer has the same identity number" not in _text(as_anna.get(f"/customers/{cilla}/"))
    keep(dan, DANS)
    text = _text(as_anna.get(f"/customers/{cilla}/"))
    assert "Another customer has the same identity number" in text
    assert f'href="/customers/{dan}/"' in text


def test_card_asks_the_database_few_questions_whatever_is_kept(as_anna: Client, cilla: UUID) -> None:
    [dan, _bare] = add(DAN, DAN)
    keep(dan, DANS)
    page = f"/customers/{cilla}/"
    as_anna.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert "Another customer has the same" in _text(as_anna.get(page))
    assert len(asked) <= 12, "\n".join(one["sql"] for one in asked)


def test_bo_sees_neither_panel_nor_pages(as_bo: Client, cilla: UUID) -> None:
    text = _text(as_bo.get(f"/customers/{cilla}/"))
    assert ("Cilla" in text, "ensitive" in text, "Show them" in text) == (True, False, False)
    history = _text(as_bo.get(f"/customers/{cilla}/history/"))
    assert ("Added to the register" in history, "ensitive" in history) == (True, False)
    answers = [as_bo.get(_path(cilla)), _reveal(as_bo, cilla), _change(as_bo, cilla, written(CILLAS))]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert not any(CILLAS_WRITTEN in _text(answer) for answer in answers)


def test_anna_sees_in_the_history_when_they_were_opened(as_anna: Client, cilla: UUID) -> None:
    _reveal(as_anna, cilla)
    for page in (f"/customers/{cilla}/", f"/customers/{cilla}/history/"):
        text = _text(as_anna.get(page))
        assert ("Opened sensitive details" in text, "Changed sensitive details" in text) == (True, True)


def test_bo_who_may_see_may_not_change(bo: User, as_bo: Client, cilla: UUID) -> None:
    User.objects.filter(pk=bo.pk).update(given={Area.SENSITIVE: Level.READ})
    text = _text(_reveal(as_bo, cilla))
    assert (CILLAS_WRITTEN in text, 'name="numbers"' in text) == (True, False)
    assert _change(as_bo, cilla, "").status_code == 403


def test_first_number_is_added_without_a_reason(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    assert "Add an identity number" in _text(as_anna.get(f"/customers/{cilla}/"))
    assert 'name="numbers"' in _text(as_anna.get(_path(cilla, "change/")))
    answer = _change(as_anna, cilla, "640823-3234\r\n\r\n dk 211062-5629 \n6408233234")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/customers/{cilla}/")
    assert kept_of(cilla).numbers == (CILLAS, DANS)


def test_change_of_what_is_there_begins_with_a_reason(as_anna: Client, cilla: UUID) -> None:
    answer = as_anna.get(_path(cilla, "change/"))
    assert (answer.status_code, answer.headers["Location"]) == (302, _path(cilla))


def test_opened_form_saved_as_it_is_changes_nothing(as_anna: Client, cilla: UUID) -> None:
    """The Danish number carries its country there: in a Swedish firm it would be read as another."""
    text = _text(_reveal(as_anna, cilla))
    assert f"{CILLAS_WRITTEN}\nDK {written(DANS)}</textarea>" in text
    _change(as_anna, cilla, f"{CILLAS_WRITTEN}\nDK {written(DANS)}", revision=1)
    assert audit.newest_entries(limit=1)[0].action != "customers.sensitive-changed"
    assert kept_of(cilla).numbers == (CILLAS, DANS)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("640823-3235", "A digit is wrong"),
        ("640231-3234", "There is no such date of birth"),
        ("640823-T234", "a number for the time being"),
        ("FI 131052308T", "The sign between the date and the rest is missing"),
        ("Cilla", "doesn&#x27;t look like"),
        ("640823-3234\n640823-3235", "Line 2: A digit is wrong"),
        ("\n".join(["640823-3234"] * 11), "No more than 10 numbers."),
        ("6" * 5000, "at most 1000 characters"),
    ],
)
def test_wrong_number_is_told_in_a_sentence_and_nothing_is_kept(
    as_anna: Client, typed: str, told: str
) -> None:
    [cilla] = add(CILLA)
    answer = _change(as_anna, cilla, typed)
    assert (answer.status_code, told in _text(answer), bool(kept_of(cilla))) == (200, True, False)


def test_who_was_overtaken_is_told_and_loses_nothing(as_anna: Client, cilla: UUID) -> None:
    keep(cilla, CILLAS, seen=1)
    answer = _change(as_anna, cilla, "556047-3521", revision=1)
    text = _text(answer)
    assert ("Someone else changed these details" in text, "556047-3521" in text) == (True, True)
    assert kept_of(cilla).numbers == (CILLAS,)
    assert 'name="revision" value="2"' in text
    _change(as_anna, cilla, "556047-3521", revision=2)
    assert kept_of(cilla).numbers == (FIRMS,)


def test_sensitive_fields_are_answered_and_those_put_away_are_kept(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    shown, choice, away = (
        _field(),
        _field(name="Diet", kind="CHOICE", choices=["vegan"]),
        _field(name="Old", is_archived=True),
    )
    keep(cilla, custom=[(away, "kept"), (choice, "gone since")])
    text = _text(_reveal(as_anna, cilla))
    assert [f'name="own_{one}"' in text for one in (shown, choice, away)] == [True, True, False]
    answers = {f"own_{shown}": "nuts", f"own_{choice}": "gone since"}
    answer = _change(as_anna, cilla, "", revision=1, **answers)
    assert answer.status_code == 302
    assert dict(kept_of(cilla).custom) == {shown: "nuts", choice: "gone since", away: "kept"}
    assert [field.id for field in custom_fields.sensitive_fields()] != []


def test_form_that_comes_back_shows_what_was_sent_and_not_what_is_kept(as_anna: Client, cilla: UUID) -> None:
    field = _field(kind="CHOICE", choices=["vegan"])
    keep(cilla, CILLAS, custom=[(field, "a secret one")], seen=1)
    text = _text(_change(as_anna, cilla, "wrong", revision=2, **{f"own_{field}": "vegan"}))
    assert ("wrong" in text, CILLAS_WRITTEN in text, "a secret one" in text) == (True, False, False)


@pytest.mark.parametrize("rest", ["", "change/"])
def test_nobody_of_that_id_is_not_found(as_anna: Client, rest: str) -> None:
    assert as_anna.get(_path(uuid4(), rest)).status_code == 404
    assert as_anna.post(_path(uuid4(), rest), {"reason": "x", "numbers": ""}).status_code == 404


def test_nothing_kept_is_said_so(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    assert "nothing else sensitive is kept" in _text(as_anna.get(_path(cilla)))
    assert _reveal(as_anna, cilla).status_code == 200
