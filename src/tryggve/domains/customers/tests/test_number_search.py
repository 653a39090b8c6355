"""A whole identity number finds who has it, for those only who may open sensitive details."""

import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import CILLA, DAN, NOW
from tryggve.accounts import tokens
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY, Reach
from tryggve.accounts.roles import Area, Level, Scope
from tryggve.audit import selectors as audit
from tryggve.audit.models import Entry
from tryggve.domains.customers.selectors import numbers, register
from tryggve.domains.customers.services import responsible
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.customers.tests.numbers import CILLAS, DANS, FIRMS, details_of, keep
from tryggve.lib.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
ANNA = f"user:{new_id()}"


def _find(text: str, *, reach: Reach = EVERYBODY) -> list[UUID] | None:
    return numbers.customers_with_number(text=text, actor=ANNA, at=NOW, reach=reach)


def _others(customer: UUID, reach: Reach = EVERYBODY) -> list[UUID]:
    found = numbers.others_with_same_number(customer=customer, details=details_of(customer), reach=reach)
    return list(found)


@pytest.mark.parametrize(
    "typed", ["640823-3234", "6408233234", "19640823 3234", "se 640823-3234", " 640823–3234 "]
)
def test_whole_number_finds_its_holder_however_it_is_typed(typed: str) -> None:
    [cilla, dan] = add(CILLA, DAN)
    keep(cilla, CILLAS)
    keep(dan, DANS)
    assert (_find(typed), _find("DK 211062-5629")) == ([cilla], [dan])


@pytest.mark.parametrize("typed", ["640823-323", "640823", "640823-3235", "Cilla", "", "640823-3234 Cilla"])
def test_part_of_a_number_or_a_wrong_one_is_no_number(typed: str) -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    count = Entry.objects.count()
    assert (_find(typed), Entry.objects.count()) == (None, count)


def test_nobody_has_a_number_that_nobody_has() -> None:
    assert _find("640823-3234") == []  # before the first number is kept
    [cilla] = add(CILLA)
    keep(cilla, FIRMS)
    assert _find("640823-3234") == []


def test_search_is_in_the_log_with_how_many_it_found_and_never_the_number() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    _find("640823-3234")
    entry = audit.newest_entries(limit=1)[0]
    assert (entry.action, entry.subject, entry.facts, entry.details_sealed) == (
        "customers.number-searched", None, {"shown": 1}, None,
    )  # fmt: skip
    assert "640823" not in json.dumps(list(Entry.objects.values_list("facts", flat=True)))


def test_found_and_told_as_double_is_only_who_is_within_reach() -> None:
    [cilla, again] = add(CILLA, CILLA)
    for one in (cilla, again):
        keep(one, CILLAS)
    person = new_id()
    responsible.assign(customer=again, responsible=person, actor=MACHINE, at=NOW, reach=EVERYBODY)
    reach = Reach(frozenset({person}))
    assert (set(_find("640823-3234") or []), _find("640823-3234", reach=reach)) == ({cilla, again}, [again])
    assert (_others(cilla), _others(again), _others(again, reach)) == ([again], [cilla], [])


def test_changed_and_deleted_numbers_are_found_no_more() -> None:
    [cilla, dan] = add(CILLA, DAN)
    keep(cilla, CILLAS)
    keep(dan, CILLAS)
    assert set(_find("640823-3234") or []) == {cilla, dan}
    keep(cilla, FIRMS, seen=1)
    deleting.delete_customer(customer=dan, actor=MACHINE, at=NOW)
    assert (_find("640823-3234"), _find("556047-3521")) == ([], [cilla])


def test_register_search_finds_by_number_only_where_that_is_asked_for() -> None:
    [cilla, _dan] = add(CILLA, DAN)
    keep(cilla, CILLAS)
    found = [
        [one for one, _details in register.customers_matching(
            text="640823-3234", actor=ANNA, at=NOW, reach=EVERYBODY, by_number=by_number
        )]
        for by_number in (True, False)
    ]  # fmt: skip
    assert found == [[cilla], []]


def _search(browser: Client, text: str = "640823-3234") -> str:
    answer = browser.post("/customers/search/", {"text": text}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    body: str = answer.content.decode()
    return body


def test_search_box_finds_by_number_for_who_may_open_sensitive_details(
    as_anna: Client, as_bo: Client, bo: User
) -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    assert ("Cilla" in _search(as_anna), "Cilla" in _search(as_bo)) == (True, False)
    User.objects.filter(pk=bo.pk).update(given={Area.SENSITIVE: Level.READ})
    assert "Cilla" in _search(as_bo)
    User.objects.filter(pk=bo.pk).update(scope=Scope.OWN)
    assert "Cilla" not in _search(as_bo)


def test_bos_search_for_a_number_tells_nothing_by_its_log_either(as_bo: Client) -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    _search(as_bo)
    assert [(one.action, one.facts) for one in audit.newest_entries(limit=1)] == [
        ("customers.searched", {"shown": 0})
    ]


def test_programs_never_get_a_number_nor_its_tag(as_anna: Client, anna: User) -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    token = tokens.make(
        user=anna, name="t", scopes=["customers.api"], lasts=timedelta(days=1), actor=ANNA, at=timezone.now()
    )
    pages = ["/api/v1/customers", f"/api/v1/customers/{cilla}"]
    told = "".join(
        as_anna.get(page, headers={"Authorization": f"Bearer {token}"}).content.decode() for page in pages
    )
    told += as_anna.get(f"/customers/{cilla}/").content.decode()
    tag = details_of(cilla).number_tags[0]
    number = re.search(r"640823\D{0,8}3234|(?<![\w-])3234(?![\w-])", told)
    assert (told.count("Cilla") >= 3, tag in told, number) == (True, False, None)
