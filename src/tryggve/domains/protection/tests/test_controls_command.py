"""``controls list``, ``show`` and ``measure``."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import commands
from tryggve.audit.models import Entry
from tryggve.controls import catalogue, registry, starting
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
    assert catalogue.words("AUT-04", "en").does_not_show in text
    assert json.loads(_run("show", "AUT-04", "--json")[1])["id"] == "AUT-04"


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
