import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tryggve import vault
from tryggve.lib import ids
from tryggve.vault import collecting, keys, opening, owners
from tryggve.vault.tests.cast import CILLA, DAN

NOW = datetime.now(UTC)
TOMORROW = NOW + timedelta(hours=25)


@pytest.fixture(autouse=True)
def _own_keys(ring: vault.Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "keyring", lambda: ring)
    monkeypatch.setattr(owners, "_owners", {})


def _collect(*, now: datetime = TOMORROW, last: datetime | None = TOMORROW) -> int:
    return collecting.collect_keys(now=now, last_deed_at=last)


def _owned(*key_ids: UUID) -> None:
    vault.owner(f"owner {len(owners._owners)}")(lambda: key_ids)


def test_key_that_nobody_names_is_destroyed_and_the_others_stay(ring: vault.Keyring) -> None:
    cilla, dan, nobody = ring.create_keys([CILLA, DAN, CILLA])
    _owned(cilla)
    _owned(dan)
    assert _collect() == 1
    assert ring.missing([cilla, dan, nobody]) == {nobody}


def test_key_of_today_is_kept(ring: vault.Keyring) -> None:
    made = ring.create_keys([CILLA])
    _owned()
    soon = NOW + timedelta(hours=23)
    assert _collect(now=soon, last=soon) == 0
    assert ring.missing(made) == set()
    assert _collect() == 1


def test_owner_that_raises_saves_every_key(ring: vault.Keyring) -> None:
    def fails() -> Iterator[UUID]:
        yield made[0]
        raise vault.Damaged

    made = ring.create_keys([CILLA, DAN])
    _owned()
    vault.owner("failing")(fails)
    with pytest.raises(vault.Damaged):
        _collect()
    assert ring.missing(made) == set()


def test_no_owner_at_all_saves_every_key(ring: vault.Keyring) -> None:
    made = ring.create_keys([CILLA])
    with pytest.raises(vault.NobodyOwnsKeys):
        _collect()
    assert ring.missing(made) == set()


def test_key_of_the_future_saves_the_old_ones_too_and_the_clock_is_told(
    ring: vault.Keyring, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = ring.create_keys([CILLA])
    ahead = time.time_ns() + 400 * 24 * 3600 * 10**9
    with monkeypatch.context() as clock:
        clock.setattr(time, "time_ns", lambda: ahead)
        made += ring.create_keys([DAN])
    _owned()
    assert _collect() == 0
    assert ring.missing(made) == set()
    assert [line.getMessage() for line in caplog.records] == ["the clock is behind, so no key is called old"]


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (NOW + timedelta(days=400), NOW),
        (TOMORROW, TOMORROW + timedelta(hours=1)),
        (NOW - timedelta(days=2), NOW - timedelta(days=2)),
        (TOMORROW, None),
    ],
    ids=["clock ahead of the last deed", "deed in the future", "key in the future", "no deed yet"],
)
def test_clock_that_cannot_be_believed_saves_every_key(
    ring: vault.Keyring, now: datetime, last: datetime | None
) -> None:
    made = ring.create_keys([CILLA])
    _owned()
    assert _collect(now=now, last=last) == 0
    assert ring.missing(made) == set()


def test_more_than_crashes_leave_is_not_destroyed(
    ring: vault.Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MOST_LEFT_OVER", 2)
    made = ring.create_keys([CILLA] * 3)
    _owned()
    with pytest.raises(vault.MoreThanLeftOver):
        _collect()
    assert ring.missing(made) == set()
    _owned(made[0])
    assert _collect() == 2


def test_row_written_while_the_keys_are_listed_keeps_its_key(ring: vault.Keyring) -> None:
    made: list[UUID] = []

    def late() -> Iterable[UUID]:
        made.extend(ring.create_keys([CILLA]))
        return made

    vault.owner("late")(late)
    assert _collect() == 0
    assert ring.missing(made) == set()


def test_key_made_after_an_owner_has_answered_is_kept(ring: vault.Keyring) -> None:
    named, late = ring.create_keys([CILLA]), list[UUID]()

    def answer() -> Iterator[UUID]:
        yield from named
        late.extend(ring.create_keys([DAN]))

    vault.owner("answering")(answer)
    assert _collect() == 0
    assert ring.missing([*named, *late]) == set()


def test_missing_asks_many_at_once_and_names_only_those_not_there(ring: vault.Keyring) -> None:
    made = ring.create_keys([CILLA] * 1100)
    gone = ids.new_id()
    assert ring.missing([*made, gone]) == {gone}
    assert list(ring._store.ids_before(ids.earliest_id(TOMORROW))) == sorted(made)
