"""The company's name, country and language, changed after the first start."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.setup.models import Firm

pytestmark = pytest.mark.django_db
PAGE = "/company/settings/"
NOW_CALLED = {"firm_name": "Annas Snickeri AB", "country": "DK", "language": "da"}


def _changes() -> list[tuple[str, dict[str, Any]]]:
    return [
        (row.actor, row.facts) for row in Entry.objects.filter(action="setup.firm-changed").order_by("pk")
    ]


def _firm() -> dict[str, Any]:
    return dict(Firm.objects.values("name", "country", "language").get())


def test_page_shows_what_is_known(as_anna: Client) -> None:
    form = as_anna.get(PAGE).context["form"]
    assert form.initial == {"firm_name": "Annas Snickeri", "country": "SE", "language": "sv"}


def test_change_counts_at_once_and_is_an_entry_without_the_words(as_anna: Client, anna: User) -> None:
    answer = as_anna.post(PAGE, NOW_CALLED, follow=True)
    assertContains(answer, "Annas Snickeri AB")
    assert _firm() == {"name": "Annas Snickeri AB", "country": "DK", "language": "da"}
    assert _changes() == [(anna.actor, {"fields": ["country", "language", "name"]})]


def test_same_again_is_no_entry(as_anna: Client) -> None:
    as_anna.post(PAGE, {"firm_name": "Annas Snickeri", "country": "SE", "language": "sv"})
    assert _changes() == []


@pytest.mark.parametrize(
    "wrong", [{"firm_name": ""}, {"firm_name": "x" * 151}, {"country": "XX"}, {"language": "fi"}]
)
def test_wrong_answer_stays_on_the_page_and_changes_nothing(as_anna: Client, wrong: dict[str, str]) -> None:
    before = _firm()
    answer = as_anna.post(PAGE, NOW_CALLED | wrong)
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, set(wrong))
    assert (_firm(), _changes()) == (before, [])


def test_language_of_the_company_is_not_that_of_its_people(as_anna: Client, anna: User) -> None:
    as_anna.post(PAGE, NOW_CALLED)
    anna.refresh_from_db()
    assert anna.language == "en"


def test_employee_is_refused_and_sees_no_way_there(as_bo: Client) -> None:
    assert as_bo.post(PAGE, NOW_CALLED).status_code == 403
    assert PAGE not in as_bo.get("/customers/").content.decode()
    assert _changes() == []
