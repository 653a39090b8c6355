"""What rooms have done before an upgrade and after a restore."""

from datetime import UTC, datetime

import pytest

from tryggve.lib import after_restore, before_upgrade
from tryggve.lib.after_restore import Deed

NOW = datetime(2026, 11, 23, tzinfo=UTC)


class RegisterFull(Exception):
    pass


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the tests' own are done."""
    monkeypatch.setattr(before_upgrade, "_deeds", [])
    monkeypatch.setattr(after_restore, "_deeds", {})


def test_deed_before_an_upgrade_that_fails_is_told_and_holds_up_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    @before_upgrade.before_upgrade
    def break_down(now: datetime, say: before_upgrade.Say) -> None:
        raise RuntimeError("a secret")

    before_upgrade.before_upgrade(lambda now, say: say(f"done at {now:%H}"))
    said: list[str] = []

    before_upgrade.do_all(NOW, said.append)

    assert said == ["done at 00"]
    assert [line.facts for line in caplog.records] == [{"deed": "break_down", "error": "RuntimeError"}]  # type: ignore[attr-defined]


def test_deeds_after_a_restore_are_counted_and_told_where_they_were_about_anything() -> None:
    after_restore.after_restore(Deed("mail", "%(count)s held", lambda now: 3))
    after_restore.after_restore(Deed("jobs", "%(count)s dropped", lambda now: 0))

    counts = after_restore.do_all(NOW)

    assert counts == {"mail": 3, "jobs": 0}
    assert after_restore.in_words(counts) == ["3 held"]


def test_deed_after_a_restore_that_fails_ends_it() -> None:
    """Half of them isn't enough to be served."""

    def fail(now: datetime) -> int:
        raise RegisterFull

    after_restore.after_restore(Deed("mail", "", fail))
    with pytest.raises(RegisterFull):
        after_restore.do_all(NOW)
