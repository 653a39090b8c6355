"""What a report says: of each protection as it stands, of what failed and was mended, and of nobody."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import NOW, PASSWORD
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit import registry as audit_registry
from tryggve.audit import services as audit
from tryggve.controls import services
from tryggve.controls.catalogue import controls, controls_of
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.models import DayScore
from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors import report_content, report_history
from tryggve.domains.protection.selectors.company_sizes import Size
from tryggve.domains.protection.selectors.report_content import Wanted
from tryggve.domains.protection.selectors.report_history import Period
from tryggve.domains.protection.tests.reporting import DAY, LATER, PERIOD, keep
from tryggve.routines.duties import catalogue
from tryggve.routines.duties.models import Turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted")]

READERS = list(Report.Reader)
QUERIES = 12


def told(
    reader: str = Report.Reader.AUTHORITY, language: str = "en", *, at: datetime = LATER
) -> dict[str, Any]:
    size = Size("month", is_chosen=False)
    return report_content.content_of(Wanted(reader, language, PERIOD), size=size, now=at)


def one_of(content: Mapping[str, Any], control: str) -> Mapping[str, Any]:
    [found] = [one for one in content["controls"] if one["id"] == control]
    return found  # type: ignore[no-any-return]


def test_each_state_has_its_sentence(anna: User) -> None:
    keep("AUT-04", people=0)
    keep("DAT-02", Verdict.OBSERVED)
    keep("MAI-01", Verdict.FAILING, at=NOW, people=3)
    keep("WEB-01", None)
    keep("CRY-01", at=NOW - 9 * DAY)
    services.attest(control="GOV-02", by=anna, note="Yes", until=LATER + DAY, at=NOW)
    services.exempt(control="DEV-03", by=anna, reason="We have none", until=LATER + DAY, at=NOW)

    content = told()

    assert {id: one_of(content, id)["told"] for id in (
        "AUT-04", "DAT-02", "MAI-01", "WEB-01", "CRY-01", "GOV-02", "DEV-03", "AUT-01",
    )} == {
        "AUT-04": "Tryggve tested it on March 4, 2026, and it held. That counts until March 6, 2026.",
        "DAT-02": "Tryggve read on March 4, 2026 how it stands, and it held. That counts until March 6, 2026.",
        "MAI-01": "Measured on March 2, 2026: it does not hold. It has failed since March 2, 2026.",
        "WEB-01": "Nobody answered.",
        "CRY-01": "The last measurement, of Feb. 21, 2026, is too old to count.",
        "GOV-02": "Vouched for on March 2, 2026 (owner). That counts until March 5, 2026, and is no measurement. "
        "This has not been measured yet.",
        "DEV-03": "Said on March 2, 2026 (owner) not to apply to the company. That counts until March 5, 2026.",
        "AUT-01": "This has not been measured yet.",
    }  # fmt: skip
    assert (content["score"]["proven"], content["score"]["failing"], content["score"]["attested"]) == (
        2,
        1,
        1,
    )


def test_word_against_a_measurement_is_told_beside_it(anna: User) -> None:
    services.attest(control="AUT-01", by=anna, note="", until=LATER + DAY, at=NOW)
    keep("AUT-01", Verdict.FAILING)
    assert one_of(told(), "AUT-01")["told"].endswith(
        "Somebody has said otherwise, but what is measured counts."
    )


def test_failing_that_could_not_be_measured_again_says_why() -> None:
    keep("MAI-01", Verdict.FAILING, at=NOW)
    keep("MAI-01", None)
    assert one_of(told(), "MAI-01")["told"].endswith("It could not be measured again since. Nobody answered.")


@pytest.mark.parametrize(
    ("reader", "law", "has_numbers"),
    [("OWN", {"gdpr", "iso", "cis"}, True), ("CUSTOMER", set(), False), ("INSURER", {"iso", "cis"}, True),
     ("AUTHORITY", {"gdpr", "iso"}, True)],
)  # fmt: skip
def test_numbers_and_standards_are_for_who_needs_them(
    db: None, reader: str, law: set[str], has_numbers: bool
) -> None:
    keep("AUT-04", people=3, since=date(2026, 3, 1))
    keep("AUT-03", Verdict.FAILING, people=4)
    content = told(reader)
    one, [finding] = one_of(content, "AUT-04"), content["findings"]["listed"]
    numbers = [{"title": "People without it", "value": "3"}, {"title": "Since", "value": "March 1, 2026"}]
    assert (set(one["law"]), one["facts_told"], "facts" in one["evidence"]) == (
        law, numbers if has_numbers else [], has_numbers,
    )  # fmt: skip
    assert ("facts" in finding["opened"]["evidence"]) == has_numbers


def test_states_are_the_same_whoever_reads(anna: User) -> None:
    keep("AUT-04", people=0)
    keep("MAI-01", Verdict.FAILING)
    states = [[one["state"] for one in told(reader)["controls"]] for reader in READERS]
    assert states == [states[0]] * 4
    assert [one["id"] for one in told()["controls"]] == [one.id for one in controls_of("month")]


def test_what_failed_in_the_period_and_was_mended_is_told() -> None:
    keep("AUT-01", Verdict.FAILING, at=datetime(2025, 12, 30, 12, tzinfo=NOW.tzinfo))
    keep("AUT-01", at=datetime(2025, 12, 31, 12, tzinfo=NOW.tzinfo))
    keep("AUT-03", Verdict.FAILING, at=datetime(2025, 12, 30, 12, tzinfo=NOW.tzinfo))
    keep("AUT-03", at=NOW)
    keep("MAI-01", Verdict.FAILING, at=NOW + DAY)
    found = told()["findings"]
    assert [(one["control"], one["is_mended"], one["told"]) for one in found["listed"]] == [
        ("MAI-01", False, "Has failed since March 3, 2026."),
        ("AUT-03", True,
         "Failed from Dec. 30, 2025; measured again and found mended on March 2, 2026."),
    ]  # fmt: skip


def test_months_tell_the_last_day_that_is_known_before_today() -> None:
    rest = dict.fromkeys(("attested", "stale", "failing", "unknown", "not_applicable"), 0)
    for on, tier, proven in (
        (date(2025, 12, 31), "month", 1), (date(2026, 1, 7), "month", 2), (date(2026, 1, 30), "month", 3),
        (date(2026, 2, 3), "hour", 9), (date(2026, 3, 3), "month", 4), (date(2026, 3, 4), "month", 6),
        (date(2026, 3, 5), "month", 5),
    ):  # fmt: skip
        DayScore.objects.create(on=on, tier=tier, of=40, proven=proven, **rest)
    assert [(one["on"], one["proven"], one["of"]) for one in told()["months"]] == [
        ("2026-01-30", 3, 40), ("2026-03-03", 4, 40),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "da", "en"])
@pytest.mark.parametrize("reader", READERS)
def test_content_names_nobody(anna: User, bo: User, reader: str, language: str) -> None:
    keep("AUT-04", people=0)
    services.attest(control="GOV-02", by=anna, note="Anna Ek says so", until=None, at=NOW)
    services.exempt(control="DEV-03", by=bo, reason="Bo has none", until=None, at=NOW)
    text = json.dumps(told(reader, language), ensure_ascii=False)
    people = [str(anna.pk), str(bo.pk), "Anna Ek", "Bo Dahl", "says so", "has none", "example.se"]
    assert ("Annas Snickeri" in text, [word for word in people if word in text]) == (True, [])


def test_more_of_everything_takes_as_many_queries(
    anna: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(QUERIES):
        told()
    for one in controls():
        keep(one.id, Verdict.FAILING, at=NOW)
    for id in ("GOV-02", "GOV-03", "AUT-01"):
        services.attest(control=id, by=anna, note="", until=None, at=NOW)
    with django_assert_num_queries(QUERIES + 1):  # the roles of who said something
        told()


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 3, 4), date(2025, 3, 5)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 2, 29)),
    ],
)
def test_last_twelve_months_end_today(db: None, today: date, since: date) -> None:
    assert Period.of_year(None, today=today) == Period(since, today)


def test_year_ends_today_or_at_its_end() -> None:
    today = date(2026, 3, 4)
    assert (Period.of_year(2026, today=today).until, Period.of_year(2025, today=today).until) == (
        today, date(2025, 12, 31),
    )  # fmt: skip


def test_what_fails_is_told_counted_or_not() -> None:
    """Of a list for companies of more than ten."""
    keep("ACC-02", Verdict.FAILING)
    keep("ACC-03")
    content = told()
    ids = [one["id"] for one in content["controls"]]
    assert ("ACC-02" in ids, "ACC-03" in ids, content["score"]["failing"]) == (True, False, 0)
    assert (one_of(content, "ACC-02")["is_counted"], one_of(content, "AUT-04")["is_counted"]) == (False, True)
    assert [one["control"] for one in content["findings"]["listed"]] == ["ACC-02"]
    assert content["not_counted"] == len(controls()) - len(controls_of("month"))


def test_findings_beyond_the_most_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_history, "MOST_FINDINGS", 2)
    for number, control in enumerate(("AUT-01", "AUT-03", "AUT-04")):
        keep(control, Verdict.FAILING, at=NOW + number * DAY)
    found = told(at=LATER + DAY)["findings"]
    assert ([one["control"] for one in found["listed"]], found["left_out"]) == (["AUT-04", "AUT-03"], 1)


def test_routines_are_counted_in_time_late_and_waiting() -> None:
    first, second = list(catalogue.duties())[:2]
    for duty, due_on, done_on, more in (
        (first, date(2026, 1, 10), date(2026, 1, 10), {}),
        (first, date(2026, 2, 10), date(2026, 2, 12), {"postponed_to": date(2026, 2, 14), "times_postponed": 1}),
        (first, date(2026, 3, 1), date(2026, 3, 4), {}),
        (first, date(2025, 12, 31), date(2025, 12, 31), {}),
        (second, date(2026, 3, 3), None, {}),
    ):  # fmt: skip
        done = {"done_at": NOW, "done_on": done_on, "done_by": "user:x", "outcome": "WELL"} if done_on else {}
        Turn.objects.create(duty=duty, opened_at=NOW, due_on=due_on, **more, **done)
    found = told()["routines"]
    assert (found["in_time"], found["late"], found["overdue"]) == (2, 1, 1)
    assert [(one["code"], one["done"], one["late"], one["last"]) for one in found["listed"]] == [
        (first, 3, 1, "March 4, 2026")
    ]


def test_people_and_incidents_are_counted(anna: User, bo: User) -> None:
    """An auditor doesn't work here, and what was reported before or after isn't told."""
    accounts.create_user(
        email="eva@example.se", password=PASSWORD, name="Eva", language="en", role=Role.AUDITOR
    )
    reported = audit_registry.actions()["incidents.reported"]
    for at in (datetime(2025, 12, 31, 12, tzinfo=UTC), NOW, LATER, LATER + DAY):
        audit.record(reported, actor="anonymous", at=at, report=str(uuid4()))
    content = told()
    assert (content["people"], content["incidents"]) == (2, 2)
