"""``requests deadline`` and ``retention until``: what they answer, and how they refuse."""

import json
from typing import Any

import pytest
from django.utils import translation

from tests import commands
from tests.program import Program
from tryggve.domains.rights.engine.calendars.keeping_rules import offered_rules
from tryggve.domains.rights.management.verbs.until import NoSuchRule
from tryggve.domains.rights.management.verbs.words import DateTooFar


def _deadline(*words: str) -> tuple[int, str]:
    return commands.run("rights", "requests", "deadline", *words)


def _until(*words: str) -> tuple[int, str]:
    return commands.run("rights", "retention", "until", *words)


def _json(answer: tuple[int, str]) -> Any:
    status, out = answer
    assert status == 0
    return json.loads(out)


def test_deadline_as_json_has_two_keys() -> None:
    assert _json(_deadline("--received", "2026-01-31", "--country", "SE", "--json")) == {
        "due": "2026-03-02",
        "rule": "gdpr-12-3-one-month",
    }


def test_extended_deadline_as_json() -> None:
    assert _json(_deadline("--received", "2026-01-02", "--country", "DK", "--extended", "--json")) == {
        "due": "2026-04-07",
        "rule": "gdpr-12-3-three-months",
    }


def test_json_may_stand_before_the_verb() -> None:
    told = commands.run(
        "rights", "requests", "--json", "deadline", "--received", "2026-08-31", "--country", "SE"
    )
    assert _json(told)["due"] == "2026-09-30"


@pytest.mark.parametrize(
    ("rule", "day", "last"),
    [("se-bookkeeping", "2020-06-30", "2027-12-31"), ("dk-bookkeeping", "2024-02-29", "2029-02-28")],
)
def test_keeping_as_json_has_two_keys(rule: str, day: str, last: str) -> None:
    assert _json(_until("--rule", rule, "--from", day, "--json")) == {"until": last, "rule": rule}


def test_deadline_in_words() -> None:
    with translation.override("en"):
        assert _deadline("--received", "2026-08-31", "--country", "SE") == (
            0,
            "Answer on Sept. 30, 2026 at the latest (gdpr-12-3-one-month).\n",
        )


def test_moved_deadline_in_words_says_why() -> None:
    with translation.override("en"):
        status, out = _deadline("--received", "2026-05-19", "--country", "SE")
    assert (status, out.splitlines()) == (
        0,
        [
            "Answer on June 22, 2026 at the latest (gdpr-12-3-one-month).",
            "The time ends on a weekend or a public holiday, so the next working day counts.",
        ],
    )


def test_keeping_in_words() -> None:
    with translation.override("en"):
        assert _until("--rule", "dk-bookkeeping", "--from", "2020-12-31") == (
            0,
            "Kept to the end of Dec. 31, 2025 (dk-bookkeeping).\n",
        )


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01", "20260101", "2026-W01-1", "31.12.2026", "٢٠٢٦-01-01", "", "today"]
)
def test_what_is_no_date_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _deadline(f"--received={text}", "--country", "SE", "--json") == (2, "")
    assert f"«{text}» is no date" in capsys.readouterr().err
    assert _until("--rule", "se-bookkeeping", f"--from={text}", "--json") == (2, "")
    assert f"«{text}» is no date" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--received", "2026-01-31"],
        ["--country", "SE"],
        ["--received", "2026-01-31", "--country", "IS"],
        ["--received", "2026-01-31", "--country", "se"],
    ],
)
def test_request_that_lacks_something_is_refused(words: list[str]) -> None:
    assert _deadline(*words) == (2, "")


def test_unknown_rule_is_refused_with_the_rules_there_are() -> None:
    with pytest.raises(NoSuchRule) as refused:
        _until("--rule", "nothing", "--from", "2020-06-30")
    assert refused.value.exit_status == 2
    told = str(refused.value)
    assert [rule.code for rule in offered_rules() if rule.code not in told] == []


def test_date_at_the_end_of_time_is_refused() -> None:
    with pytest.raises(DateTooFar) as refused:
        _deadline("--received", "9999-12-31", "--country", "DK")
    assert refused.value.exit_status == 2
    with pytest.raises(DateTooFar):
        _until("--rule", "se-bookkeeping", "--from", "9999-12-31")


@pytest.mark.process
def test_dates_are_told_where_there_is_no_register() -> None:
    program = Program()
    done = program.run("requests", "deadline", "--received", "2026-11-24", "--country", "SE", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {"due": "2026-12-28", "rule": "gdpr-12-3-one-month"}
    refused = program.run("retention", "until", "--rule", "nothing", "--from", "2020-06-30", "--json")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"Traceback" not in refused.stderr
    assert list(program.data.glob("*.sqlite3")) == []
    program.clear()
