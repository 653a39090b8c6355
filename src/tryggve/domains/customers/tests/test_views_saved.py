"""What somebody chose on the list, saved under a name of its own."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests import signing_in
from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.engine.search.chosen import Chosen
from tryggve.domains.customers.models import Customer, SavedView
from tryggve.domains.customers.selectors import saved_views
from tryggve.domains.customers.services import records
from tryggve.domains.customers.tests.listed import EVA, code_of, listed, text_of
from tryggve.domains.customers.tests.lists import MACHINE

pytestmark = pytest.mark.django_db


def _save(browser: Client, name: str, query: str) -> Any:
    return browser.post("/customers/views/", {"name": name, "query": query})


def test_choice_is_saved_under_a_name_and_opened_again(
    anna: User, as_anna: Client, bo: User, three: None
) -> None:
    vip = code_of(as_anna, "vip")
    opened = _save(as_anna, "Our best", f"tag={vip}&status=former&responsible=nobody&page=3").headers[
        "Location"
    ]

    [view] = saved_views.views_of(anna.pk)
    assert (view.name, view.chosen) == (
        "Our best", Chosen(status="former", tags=("vip",), responsible="nobody"),
    )  # fmt: skip
    address = urlsplit(as_anna.get(opened).headers["Location"])
    assert (address.path, parse_qs(address.query)) == (
        "/customers/", {"status": ["former"], "tag": [vip], "responsible": ["nobody"]},
    )  # fmt: skip
    assert listed(as_anna, f"?{address.query}") == [EVA.name]
    assert "Our best" in text_of(as_anna, "/customers/choose/")


def test_view_opens_in_a_later_session_too(anna: User, as_anna: Client, three: None) -> None:
    opened = _save(as_anna, "Boats", f"tag={code_of(as_anna, 'Båtklubb')}").headers["Location"]
    later = signing_in.browser_of(anna)
    address = later.get(opened).headers["Location"]
    assert listed(later, "?" + urlsplit(address).query) == [EVA.name]


def test_view_whose_tag_is_gone_is_told_gently(as_anna: Client, three: None) -> None:
    opened = _save(as_anna, "Boats", f"tag={code_of(as_anna, 'Båtklubb')}").headers["Location"]
    eva = Customer.objects.latest("pk").pk
    records.change_customer(
        customer=eva, seen_revision=1, details=replace(EVA, tags=()), actor=MACHINE, at=NOW, reach=EVERYBODY
    )
    page = as_anna.get(opened, follow=True)
    assert (page.status_code, "Nobody has one of the tags any more" in page.content.decode()) == (200, True)


def test_view_without_a_name_or_with_one_that_is_taken_is_not_saved(as_anna: Client, three: None) -> None:
    _save(as_anna, "Former", "status=former")
    taken = _save(as_anna, "FORMER", "status=prospect").content.decode()
    assert "You have a view of that name already." in taken
    assert 'value="status=prospect"' in taken  # she can send it again under another name
    assert _save(as_anna, " ", "status=former").status_code == 200
    assert _save(as_anna, "x" * 61, "status=former").status_code == 200
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("query", ["", "%00", "tag=x&tag=y", "status=x", "&&&=", "tag=" + "a" * 20_000])
def test_odd_choice_is_saved_as_what_it_means(anna: User, as_anna: Client, three: None, query: str) -> None:
    _save(as_anna, "Odd", query)
    assert [view.chosen for view in saved_views.views_of(anna.pk)] == [Chosen()]


def test_view_is_renamed_and_deleted(anna: User, as_anna: Client, three: None) -> None:
    _save(as_anna, "Former", "status=former")
    [view] = saved_views.views_of(anna.pk)
    as_anna.post(f"/customers/views/{view.id}/rename/", {"name": ""})
    assert "A view needs a name." in text_of(as_anna, "/customers/views/")
    as_anna.post(f"/customers/views/{view.id}/rename/", {"name": "Left <us>"})
    text = text_of(as_anna, "/customers/views/")
    assert ("Left &lt;us&gt;" in text, "Left <us>" in text) == (True, False)
    as_anna.post(f"/customers/views/{view.id}/delete/")
    assert "No saved views yet" in text_of(as_anna, "/customers/views/")
    assert len(listed(as_anna)) == 3


def test_views_of_another_are_not_there(as_anna: Client, bo: User, as_bo: Client, three: None) -> None:
    _save(as_anna, "Former", "status=former")
    view = SavedView.objects.get().pk
    answers = [
        as_bo.get(f"/customers/views/{view}/"),
        as_bo.post(f"/customers/views/{view}/rename/", {"name": "Mine"}),
        as_bo.post(f"/customers/views/{view}/delete/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "Former" not in text_of(as_bo, "/customers/views/").replace("Former customer", "")
