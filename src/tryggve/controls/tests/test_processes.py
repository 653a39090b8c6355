import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tryggve.controls import measuring_jobs, registry, routines, starting, turns
from tryggve.controls.models import Evidence, Probe
from tryggve.routines import jobs
from tryggve.routines.tests import poll
from tryggve.vault.keeper_socket import token

pytestmark = [
    pytest.mark.process,
    pytest.mark.usefixtures("processes"),
    pytest.mark.django_db(transaction=True),
]


def _plan(*controls: str) -> None:
    """Let these be due, and no others."""
    now = timezone.now()
    turns.plan(now=now)
    Probe.objects.exclude(control__in=controls).update(due_at=now + timedelta(days=1))


def _found() -> dict[str, str]:
    return {row.control: row.verdict or row.cause for row in Evidence.objects.order_by("id")}


def _is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state in "ZX"


def test_each_measuring_ends_for_itself_whatever_the_others_do(
    planted: object, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    turns.plan(now=timezone.now())

    starting.measure_and_wait()

    assert _found() == {
        "TST-01": "PROVED",
        "TST-02": "raised",
        "TST-03": "timed-out",
        "TST-04": "memory",
        "TST-05": "died",
        "TST-06": "bad-answer",
        "TST-07": "OBSERVED",
        "TST-08": "PROVED",
        "TST-09": "no-dns",
        "TST-10": "PROVED",
        "TST-11": "PROVED",
        "TST-12": "raised",
        "TST-13": "locked",
        "TST-14": "OBSERVED",
        "TST-15": "PROVED",
    }
    assert Evidence.objects.count() == len(registry.measures())
    assert not Probe.objects.exclude(lease_until=None).exists()
    log = capfd.readouterr().err
    assert "builtins.LookupError" in log
    assert "cilla" not in log.lower()


def test_facts_come_back_as_they_were_declared(tmp_path: Path) -> None:
    _plan("TST-01", "TST-07")

    starting.measure_and_wait()

    told = {row.control: row.facts for row in Evidence.objects.all()}
    assert told["TST-01"] == {"people": 3, "is_on": True, "seen_on": "2026-03-02", "policy": "none"}
    assert told["TST-07"] == {"rows": len(registry.measures()), "key": 16}


def test_a_measuring_has_what_the_keeper_knows_its_children_by(monkeypatch: pytest.MonkeyPatch) -> None:
    _plan("TST-14")
    secret, descriptor = token.make()
    monkeypatch.setenv(token.VARIABLE, str(descriptor))
    monkeypatch.setenv("TOKEN", secret)

    starting.measure_and_wait()

    os.close(descriptor)
    assert Evidence.objects.get().facts == {"is_known": True}


def test_a_measuring_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    _plan("TST-03")

    starting.measure_and_wait()

    pids = [int(number) for number in (tmp_path / "started").read_text().split()]
    poll.until(lambda: all(_is_gone(pid) for pid in pids))
    assert _found() == {"TST-03": "timed-out"}


def test_two_that_hang_delay_no_other(tmp_path: Path) -> None:
    _plan("TST-08", "TST-10", "TST-15")
    Probe.objects.filter(control__in=("TST-10", "TST-15")).update(due_at=timezone.now() - timedelta(hours=1))
    process = starting.begin()

    poll.until(lambda: _found() == {"TST-08": "PROVED"})

    assert all((tmp_path / waiting).exists() for waiting in ("one", "waiting"))
    (tmp_path / "other").touch()
    assert process.wait() == starting.end(process) == 0
    assert _found() == {"TST-08": "PROVED", "TST-10": "PROVED", "TST-15": "PROVED"}


def test_two_workers_measure_nothing_twice(tmp_path: Path) -> None:
    _plan("TST-01", "TST-08", "TST-09")
    both = [starting.begin() for _number in range(2)]

    assert [process.wait() for process in both] == [0, 0]
    assert [starting.end(process) for process in both] == [0, 0]

    assert sorted(row.control for row in Evidence.objects.all()) == ["TST-01", "TST-08", "TST-09"]
    assert len((tmp_path / "passes").read_text().splitlines()) == 1


def test_what_measures_ends_with_whoever_started_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _plan("TST-10")  # waits for the other, which isn't due
    process = starting.begin()
    poll.until((tmp_path / "one").exists)

    assert starting.end(process) == 0
    assert _found() == {}
    assert Probe.objects.filter(lease_until=None).count() == len(registry.measures())


def test_a_measuring_dies_with_the_process_that_waits_for_it(tmp_path: Path) -> None:
    _plan("TST-03")
    process = starting.begin()
    poll.until(
        lambda: (
            (tmp_path / "started").exists()
            and (tmp_path / "started").read_text().endswith(tuple("0123456789"))
        )
    )
    measuring = int((tmp_path / "started").read_text().split()[0])

    process.send_signal(signal.SIGKILL)
    assert starting.end(process) == -signal.SIGKILL

    poll.until(lambda: _is_gone(measuring))
    assert _found() == {}
    os.kill(int((tmp_path / "started").read_text().split()[1]), signal.SIGKILL)


def test_a_lease_that_was_lost_is_taken_again_after_the_deadline(tmp_path: Path) -> None:
    _plan("TST-08")
    now = timezone.now()
    Probe.objects.filter(control="TST-08").update(
        lease_owner="killed", lease_until=now + timedelta(minutes=1)
    )

    starting.measure_and_wait()
    assert _found() == {}

    Probe.objects.filter(control="TST-08").update(lease_until=now)
    starting.measure_and_wait()
    assert _found() == {"TST-08": "PROVED"}


def test_what_is_asked_for_is_measured_beside_what_is_under_way(tmp_path: Path) -> None:
    _plan("TST-10")
    measuring_jobs.measure_what_is_due.call()
    poll.until((tmp_path / "one").exists)
    Probe.objects.filter(control="TST-08").update(asked_at=timezone.now())

    assert starting.start() is False
    with pytest.raises(jobs.NotYet):
        measuring_jobs.measure_what_is_due.call()

    poll.until(lambda: _found() == {"TST-08": "PROVED"})
    (tmp_path / "other").touch()
    [started] = starting._started
    started.wait()
    assert _found() == {"TST-10": "PROVED", "TST-08": "PROVED"}
    measuring_jobs.measure_what_is_due.call()
    assert starting._started == [started]


def test_the_routine_measures_what_is_due_and_starts_nothing_when_nothing_is(tmp_path: Path) -> None:
    routines.measure_due(timezone.now())
    [started] = starting._started
    (tmp_path / "one").touch()
    (tmp_path / "other").touch()
    started.wait()
    assert len(_found()) == len(registry.measures())

    routines.measure_due(timezone.now())

    assert starting._started == [started]
