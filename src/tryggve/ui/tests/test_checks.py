import pytest
from pytest_django import Settings

from tryggve.accounts.permissions import PUBLIC
from tryggve.ui import checks, menu
from tryggve.ui.menu import Menu


def test_built_pages_pass() -> None:
    assert checks.the_pages_are_built(None) == []


def test_missing_pages_are_named(settings: Settings) -> None:
    settings.STATIC_ROOT = "/nonexistent"
    assert [fault.id for fault in checks.the_pages_are_built(None)] == ["tryggve.E040"]


@pytest.mark.usefixtures("planted_pages")
@pytest.mark.parametrize(
    ("url_name", "permission", "faults"),
    [("fine", PUBLIC, []), ("fine", "nobody.declared", ["tryggve.E041"]), ("gone", PUBLIC, ["tryggve.E041"])],
)
def test_menu_item_must_lead_somewhere_for_a_known_permission(
    monkeypatch: pytest.MonkeyPatch, url_name: str, permission: str, faults: list[str]
) -> None:
    planted = Menu()
    planted.register(area=menu.TODAY, label="Today", url_name=url_name, permission=permission)
    monkeypatch.setattr(menu, "the_menu", planted)
    assert [fault.id for fault in checks.the_menu_leads_somewhere(None)] == faults
