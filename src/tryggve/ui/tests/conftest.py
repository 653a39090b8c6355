import pytest
from django.test import Client
from pytest_django import Settings

from tryggve.accounts.permissions import PUBLIC
from tryggve.ui import menu, reminders, search


@pytest.fixture
def planted_pages(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the planted pages with a menu of their own, and nothing of the domains above this room."""
    settings.ROOT_URLCONF = "tryggve.ui.tests.planted"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("tryggve.domains.")]
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    planted = menu.Menu()
    planted.register(area=menu.TODAY, label="Next steps", url_name="fine", permission=PUBLIC)
    planted.register(area=menu.CUSTOMERS, label="All customers", url_name="staff", permission=PUBLIC)
    monkeypatch.setattr(menu, "the_menu", planted)
    monkeypatch.setattr(search, "_offered", [])
    monkeypatch.setattr(reminders, "_asked", [])


@pytest.fixture
def mallory(planted_pages: None) -> Client:
    """A visitor whom nobody knows; a fault in a page becomes an error page, as it would for people."""
    return Client(raise_request_exception=False)
