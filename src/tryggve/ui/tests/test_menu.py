import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from tryggve.accounts.models import User
from tryggve.accounts.permissions import PUBLIC
from tryggve.ui import menu
from tryggve.ui.menu import Link, Menu, Shown
from tryggve.ui.tests.planted import STAFF_ONLY

ANNA = User(name="Anna", email="anna@example.com")
pytestmark = pytest.mark.usefixtures("planted_pages")


@pytest.fixture
def two_areas() -> Menu:
    made = Menu()
    made.register(area=menu.CUSTOMERS, label="Inner", url_name="staff-inner", permission=PUBLIC, order=20)
    made.register(area=menu.CUSTOMERS, label="All", url_name="staff", permission=PUBLIC, order=10)
    made.register(area=menu.TODAY, label="Next steps", url_name="fine", permission=PUBLIC)
    return made


def test_menu_shows_areas_that_hold_something_in_their_order(two_areas: Menu) -> None:
    assert two_areas.shown(ANNA, "/").areas == (
        Link("Today", "/", "page"),
        Link("Customers", "/staff/", ""),
    )


def test_area_with_several_pages_shows_them_when_one_is_there(two_areas: Menu) -> None:
    assert two_areas.shown(ANNA, "/staff/inner/") == Shown(
        areas=(Link("Today", "/", ""), Link("Customers", "/staff/", "true")),
        pages=(Link("All", "/staff/", ""), Link("Inner", "/staff/inner/", "page")),
    )


def test_page_below_an_item_belongs_to_it(two_areas: Menu) -> None:
    assert two_areas.shown(ANNA, "/staff/7/edit/").pages == (
        Link("All", "/staff/", "true"),
        Link("Inner", "/staff/inner/", ""),
    )


def test_first_page_does_not_hold_everything_below_it(two_areas: Menu) -> None:
    assert [link.current for link in two_areas.shown(ANNA, "/elsewhere/").areas] == ["", ""]


def test_menu_hides_what_the_person_may_not_open(two_areas: Menu) -> None:
    two_areas.register(area=menu.COMPANY, label="People", url_name="account_login", permission=STAFF_ONLY)
    assert [link.label for link in two_areas.shown(ANNA, "/").areas] == ["Today", "Customers", "Company"]
    assert [link.label for link in two_areas.shown(AnonymousUser(), "/").areas] == ["Today", "Customers"]


def test_first_page_is_the_first_that_is_permitted(two_areas: Menu) -> None:
    assert two_areas.first_for(ANNA) == "/"


def test_person_without_any_page_is_told_so() -> None:
    with pytest.raises(PermissionDenied):
        Menu().first_for(ANNA)


def test_same_page_twice_is_refused(two_areas: Menu) -> None:
    with pytest.raises(ValueError, match="staff is in the menu already"):
        two_areas.register(area=menu.TODAY, label="Again", url_name="staff", permission=PUBLIC)
