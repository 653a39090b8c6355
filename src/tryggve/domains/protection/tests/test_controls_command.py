"""``controls list``, ``show`` and ``measure``."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import commands
from tryggve.audit.models import Entry
from tryggve.controls import catalogue, registry, starting, turns
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.models import Probe
from tryggve.controls.tests import here
from tryggve.domains.protection.management.commands.controls import NoSuchControl

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_in_its_place")]

_PASSED, _FAILED = Outcome(verdict=Verdict.PROVED), Outcome(verdict=Verdict.FAILING)


def _run(*words: str) -> tuple[int, str]:
    return commands.run("protection", "controls", *words)


def test_list_tells_all_sixty_as_json() -> None:
    at = timezone.now() - timedelta(hours=1)
    evidence = here.keep("AUT-04", _PASSED, at=at)
    status, text = _run("list", "--json")
    told = json.loads(text)
    assert status == 0
    assert [one["id"] for one in told] == [one.id for one in catalogue.controls()]
    words = catalogue.words("AUT-04", "en")
    assert next(one for one in told if one["id"] == "AUT-04") == {
        "id": "AUT-04",
        "title": words.title,
        "state": "proved",
        "observed_at": at.isoformat(),
        "valid_until": evidence.valid_until.isoformat() if evidence.valid_until else None,
        "facts": {},
        "shows": words.shows,
        "does_not_show": words.does_not_show,
    }
    assert next(one for one in told if one["id"] == "BAK-04")["observed_at"] is None


def test_list_is_a_line_each() -> None:
    here.keep("AUT-04", _FAILED, at=timezone.now())
    lines = _run("list")[1].splitlines()
    assert len(lines) == 60
    heading = catalogue.words("AUT-04", "en").heading
    assert f"✕ AUT-04  {heading}: failing" in lines


def test_show_tells_one_with_what_it_rests_on() -> None:
    here.keep("AUT-04", _PASSED, at=timezone.now() - timedelta(hours=3))
    status, text = _run("show", "aut-04")
    assert status == 0
    assert "Tested for real 3\xa0hours ago, and it held." in text
    words = catalogue.words("AUT-04", "en")
    assert text.splitlines()[-2:] == [words.shows, words.does_not_show]
    assert json.loads(_run("show", "AUT-04", "--json")[1])["id"] == "AUT-04"


@pytest.mark.parametrize(
    ("outcome", "age"),
    [(_FAILED, timedelta()), (_PASSED, timedelta(days=400)), (Outcome(cause="locked"), timedelta())],
    ids=["failing", "stale", "unknown"],
)
def test_show_says_what_a_measuring_would_show_of_one_that_isnt_proven(
    outcome: Outcome, age: timedelta
) -> None:
    here.keep("AUT-04", outcome, at=timezone.now() - age)
    shows = catalogue.words("AUT-04", "en").shows
    assert _run("show", "AUT-04")[1].splitlines()[-2] == f"When it holds: {shows}"


@pytest.mark.parametrize("verb", ["show", "measure"])
def test_unknown_id_is_refused_and_nothing_is_measured(verb: str) -> None:
    with pytest.raises(NoSuchControl, match="No protection is called XXX-99"):
        _run(verb, "XXX-99")
    assert not Probe.objects.exists()


def _measured_in_this_process(outcome: Outcome) -> None:
    """What the process that is started does; that one can't see a test's transaction."""
    for probe in Probe.objects.filter(asked_at__isnull=False):
        here.keep(probe.control, outcome, at=timezone.now())


@pytest.mark.parametrize(("outcome", "status"), [(_PASSED, 0), (_FAILED, 1)])
def test_measure_waits_and_says_no_when_one_fails(
    outcome: Outcome, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "measure_and_wait", lambda: _measured_in_this_process(outcome))
    told = _run("measure", "MAI-01", "--json")
    assert told[0] == status
    assert [one["id"] for one in json.loads(told[1])] == ["MAI-01"]
    assert Entry.objects.filter(action="controls.measuring-asked").count() == 1


def test_measure_without_a_name_measures_all_that_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "measure_and_wait", lambda: _measured_in_this_process(_PASSED))
    told = json.loads(_run("measure", "--json")[1])
    assert {one["id"] for one in told} == set(registry.measures())


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The worker's process takes what is asked for before the command's; the seconds that the command then waits."""
    waited: list[float] = []

    def take() -> None:
        until = timezone.now() + timedelta(minutes=2)
        Probe.objects.filter(asked_at__isnull=False).update(lease_owner="worker", lease_until=until)

    monkeypatch.setattr(starting, "measure_and_wait", take)
    monkeypatch.setattr(starting, "sleep", waited.append)
    monkeypatch.setattr(starting, "monotonic", lambda: sum(waited))
    return waited


def test_measure_waits_for_what_the_worker_is_at(monkeypatch: pytest.MonkeyPatch, taken: list[float]) -> None:
    here.keep("AUT-04", _FAILED, at=timezone.now() - timedelta(hours=3))

    def go_on(seconds: float) -> None:
        taken.append(seconds)
        if len(taken) == 3:
            _measured_in_this_process(_PASSED)

    monkeypatch.setattr(starting, "sleep", go_on)
    status, text = _run("measure", "AUT-04", "--json")
    assert (status, json.loads(text)[0]["state"], len(taken)) == (0, "proved", 3)


def test_measure_takes_over_what_the_worker_gives_back(
    monkeypatch: pytest.MonkeyPatch, taken: list[float]
) -> None:
    def give_back(seconds: float) -> None:
        turns.give_back(owner="worker")
        monkeypatch.setattr(starting, "measure_and_wait", lambda: _measured_in_this_process(_PASSED))

    monkeypatch.setattr(starting, "sleep", give_back)
    assert _run("measure", "AUT-04")[0] == 0


def test_measure_gives_up_after_the_deadline_and_a_minute_and_says_no(
    taken: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    here.keep("AUT-04", _PASSED, at=timezone.now() - timedelta(hours=3))
    status, text = _run("measure", "AUT-04")
    assert (status, "✔ AUT-04" in text) == (1, True)
    assert "not measured in time" in capsys.readouterr().err
    assert sum(taken) > registry.measures()["AUT-04"].deadline.total_seconds() + 60
