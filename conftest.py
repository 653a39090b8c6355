"""Lays the ground for all tests, those in the rooms and those in ``tests/``."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ground, network
from tools import machine

ground.lay()
_LONGEST_ID = 100
pytest_plugins = ["tests.browser", "tests.cast", "tests.commands", "tryggve.audit.tests.append_only"]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "both_databases: a journey that also runs on PostgreSQL")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second database only what asks the database is run again; what one file has is one process's work."""
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    if ground.on_postgresql():
        config.hook.pytest_deselected(items=[item for item in items if not _asks_the_database(item)])
        items[:] = [item for item in items if _asks_the_database(item)]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """What is long goes by its argument's name: a file made up for a test is another one in each process."""
    return argname if isinstance(val, str | bytes) and len(val) > _LONGEST_ID else None


def _asks_the_database(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", "both_databases"))
    return marked or bool({"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    # Or pytest-django would read the settings in each worker before it has a ground of its own.
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_unconfigure() -> None:
    ground.clear()


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and (lack := machine.lacks_for_pages()):
        (pytest.fail if machine.is_ci() else pytest.skip)(lack)


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    """No test reaches another computer."""
    with pytest.MonkeyPatch.context() as patch:
        network.keep_to_loopback(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hashing that is meant to be slow would be most of a run."""
    from django.test import override_settings  # noqa: PLC0415 - after the ground is laid

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def chosen_address() -> Iterator[None]:
    """Somebody has set where people reach Tryggve: else customers are mailed no links."""
    from django.test import override_settings  # noqa: PLC0415

    with override_settings(ORIGIN="http://localhost:8000"):
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """No test speaks the language that another one chose."""
    from django.utils import translation  # noqa: PLC0415 - after the ground is laid

    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """Limits on guessing begin anew with each test."""
    from django.core.cache import cache  # noqa: PLC0415

    cache.clear()


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser that journeys drive."""
    found = machine.browser()
    if found is None:
        pytest.fail("a test that asks for the browser carries the mark «browser»")
    return found
