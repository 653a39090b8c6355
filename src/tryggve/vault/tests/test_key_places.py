"""Where keys lie: the store in use, what is declared, and what a register's own database tells."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest

from tryggve.vault import key_places
from tryggve.vault.key_places import HERE, KeyPlace


def _holds_none(_keys: Collection[UUID]) -> bool:
    return False


def _place(code: str, title: str = "") -> KeyPlace:
    return KeyPlace(code, title or code, _holds_none)


@pytest.fixture(autouse=True)
def _no_domains_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test itself provides is asked."""
    monkeypatch.setattr(key_places, "_sources", [])


@contextmanager
def _provided(*sources: key_places.Source) -> Iterator[None]:
    for source in sources:
        key_places.provide(source)
    try:
        yield
    finally:
        for source in sources:
            key_places.withdraw_source(source)


def test_what_is_provided_comes_after_the_store_in_use_and_what_is_declared() -> None:
    declared = key_places.declare(_place("shelf"))
    try:
        with _provided(lambda: [_place("disk"), _place("cellar")], lambda: [_place("cloud")]):
            found = key_places.key_places()
    finally:
        key_places.withdraw(declared)

    assert [one.code for one in found] == ["here", "shelf", "disk", "cellar", "cloud"]
    assert found[0] is HERE


def test_a_source_is_asked_anew_each_time() -> None:
    there: list[KeyPlace] = []
    with _provided(lambda: there):
        before = [one.code for one in key_places.key_places()]
        there.append(_place("disk"))
        after = [one.code for one in key_places.key_places()]
        there.clear()
        assert [one.code for one in key_places.key_places()] == before

    assert after == [*before, "disk"]


def test_a_code_that_is_taken_stays_the_first_ones() -> None:
    with _provided(lambda: [_place("here", "Another"), _place("disk", "One"), _place("disk", "Two")]):
        found = key_places.key_places()

    assert HERE in found
    assert [one.title for one in found if one.code == "disk"] == ["One"]


def test_a_source_that_fails_isnt_passed_over() -> None:
    def unreachable() -> list[KeyPlace]:
        raise ConnectionError

    with _provided(unreachable), pytest.raises(ConnectionError):
        key_places.key_places()


def test_a_source_withdrawn_isnt_asked_any_more() -> None:
    with _provided(lambda: [_place("disk")]):
        pass

    assert "disk" not in [one.code for one in key_places.key_places()]
