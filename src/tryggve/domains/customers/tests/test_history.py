"""What was done to a customer and who looked, on the card and on a page of its own."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.audit import services as log
from tryggve.domains.customers import actions
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.services import records
from tryggve.domains.customers.tests.lists import add
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db


def _body(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def _looked(customer: Any, who: User, *, times: int = 1, minutes: int = 0) -> None:
    for number in range(times):
        at = NOW + timedelta(minutes=minutes + number)
        log.look(actions.VIEWED, actor=who.actor, at=at, subject=customer, page="card")


def test_history_tells_who_did_what_and_which_parts(as_anna: Client, bo: User) -> None:
    [cilla] = add(CILLA)
    records.change_customer(
        customer=cilla, seen_revision=1, details=Details(name=CILLA.name, phones=("1",)), actor=bo.actor, at=NOW,
        reach=EVERYBODY,
    )  # fmt: skip
    text = _body(as_anna.get(f"/customers/{cilla}/history/"))
    assert "Changed: e-mail, telephone, address, note, tags, source" in text
    assert "<bdi>Bo Dahl</bdi>, <time" in text
    assert "a command on this computer (anna)" in text


def test_looks_of_others_are_told(as_anna: Client, bo: User) -> None:
    cilla, dan = add(CILLA, DAN)
    _looked(cilla, bo)
    assert "Looked at the card" in _body(as_anna.get(f"/customers/{cilla}/history/"))
    assert "Looked at the card" not in _body(as_anna.get(f"/customers/{dan}/history/"))


def test_look_at_the_history_is_in_the_log(as_anna: Client, anna: User) -> None:
    [cilla] = add(CILLA)
    as_anna.get(f"/customers/{cilla}/history/")
    newest = audit.entries_about(cilla)[0]
    assert (newest.action, newest.actor, newest.facts) == (
        "customers.history-viewed",
        anna.actor,
        {"shown": 1},
    )


def test_card_shows_five_lines_and_looks_of_one_day_as_one(as_anna: Client, bo: User, anna: User) -> None:
    [cilla] = add(CILLA)
    for number in range(4):
        _looked(cilla, bo if number % 2 else anna, times=3, minutes=10 * number)
    _looked(cilla, bo, minutes=60 * 48)
    text = _body(as_anna.get(f"/customers/{cilla}/"))
    assert text.count("(3 times that day)") == 4
    assert text.count("Looked at the card") == 5
    assert "Added to the register" not in text


def test_pages_of_fifty_tell_each_entry_once(as_anna: Client, bo: User) -> None:
    [cilla] = add(CILLA)
    _looked(cilla, bo, times=60)
    first = as_anna.get(f"/customers/{cilla}/history/")
    older = first.context["page"].older
    second = as_anna.get(f"/customers/{cilla}/history/", {"before": older})
    assert [len(page.context["page"].lines) for page in (first, second)] == [50, 11]
    assert second.context["page"].older is None


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 400, "٢"])
def test_odd_places_show_a_page(as_anna: Client, before: str) -> None:
    [cilla] = add(CILLA)
    assert as_anna.get(f"/customers/{cilla}/history/", {"before": before}).status_code == 200


def test_history_of_nobody_is_not_found(as_anna: Client) -> None:
    assert as_anna.get(f"/customers/{new_id()}/history/").status_code == 404


def test_who_has_left_is_still_told_by_name(as_anna: Client, bo: User) -> None:
    [cilla] = add(CILLA)
    _looked(cilla, bo)
    User.objects.filter(pk=bo.pk).update(is_active=False)
    assert "Bo Dahl" in _body(as_anna.get(f"/customers/{cilla}/history/"))
