"""The signed file of a report, that anybody can check: what Mallory changes, there or in the database, is found."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cast import NOW
from tools import verify_audit
from tryggve.accounts.models import User
from tryggve.audit import checkpoint_files, checkpoints
from tryggve.audit.tests import logs
from tryggve.controls import selectors as controls_selectors
from tryggve.controls import services as controls
from tryggve.controls.models import Evidence, Finding, Probe
from tryggve.domains.protection import report_files
from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors import report_content
from tryggve.domains.protection.selectors import reports as selectors
from tryggve.domains.protection.services import reports
from tryggve.domains.protection.tests.reporting import ANNA, DAY, LATER, NEXT_YEAR, furnish, make
from tryggve.lib import folders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted", "firm")]

Verify = Callable[..., dict[str, Any]]


@pytest.fixture
def verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    """What the auditor's program says of a signed report; the exit status must fit it."""

    def verdict(signed: object, *words: str) -> dict[str, Any]:
        (tmp_path / "report.json").write_text(json.dumps(signed))
        status = verify_audit.main([str(tmp_path / "report.json"), "--json", *words])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert status == (0 if found["ok"] else 1)
        return found

    return verdict


def why(found: dict[str, Any]) -> str | None:
    return None if found["first_bad"] is None else str(found["first_bad"]["why"])


@pytest.mark.parametrize(("reader", "measured"), [("AUTHORITY", 6), ("CUSTOMER", 6)])
def test_signed_report_is_what_was_logged(verify: Verify, reader: str, measured: int) -> None:
    furnish()
    made = make(reader)
    found = verify(selectors.signed_report(made))
    assert (why(found), found["ok"], found["evidence"]) == (None, True, measured)
    assert (found["report"], found["made_at"]) == (Report.objects.get().digest, "2026-03-04T08:00:00Z")


def test_signed_report_verifies_with_the_key_and_the_checkpoint_that_one_has(
    verify: Verify, tmp_path: Path
) -> None:
    furnish()
    signed = selectors.signed_report(make())
    newest = checkpoints.newest()
    assert newest is not None
    (tmp_path / "mailed").write_bytes(newest.note)
    [key] = checkpoint_files.keys()
    assert verify(signed, "--key", key.line, "--checkpoint", str(tmp_path / "mailed"))["ok"]


def test_key_that_one_has_and_that_didnt_sign_is_not_enough(verify: Verify) -> None:
    signed = selectors.signed_report(make())
    name = signed["keys"][0].partition("+")[0]
    stranger = verify_audit.key_of(name, verify_audit._BASE).line
    assert why(verify(signed, "--key", stranger)) == "checkpoint-forged"


def test_report_of_an_older_year_leads_to_the_newest_checkpoint(verify: Verify) -> None:
    furnish()
    made = make()
    checkpoints.sign(now=NEXT_YEAR)
    found = verify(selectors.signed_report(made))
    assert (why(found), found["checkpoint"]["epoch"]) == (None, 2)


def test_signed_report_names_nobody(anna: User, bo: User, verify: Verify) -> None:
    furnish()
    controls.attest(control="GOV-02", by=anna, note="Anna Ek says so", until=None, at=NOW)
    signed = selectors.signed_report(make(with_names=True))
    text = json.dumps(signed, ensure_ascii=False)
    people = [ANNA, str(anna.pk), str(bo.pk), "user:", "machine:", "Anna Ek", "says so", "example.se"]
    assert (verify(signed)["ok"], [word for word in people if word in text]) == (True, [])


def _lowered(signed: Any) -> None:
    signed["report"]["score"]["failing"] = 0


def _evidence_changed(signed: Any) -> None:
    one = next(one for one in signed["report"]["controls"] if one["id"] == "WEB-01")
    one["evidence"]["facts"]["people"] = 0


def _leaf_changed(signed: Any) -> None:
    signed["entries"][0]["leaf"] = signed["entries"][0]["leaf"].replace("failing", "proved!")


def _leaf_moved(signed: Any) -> None:
    signed["entries"][0]["index"] += 1


def _checkpoint_changed(signed: Any) -> None:
    signed["checkpoint"] = signed["checkpoint"].replace("\nat 2026", "\nat 2025")


def _seal_of_another(signed: Any) -> None:
    signed["seal"] = signed["entries"][0]


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (_lowered, "report-changed"),
        (_evidence_changed, "report-changed"),
        (_leaf_changed, "changed"),
        (_leaf_moved, "changed"),
        (_checkpoint_changed, "checkpoint-forged"),
        (_seal_of_another, "report-changed"),
    ],
)
def test_what_mallory_changes_in_a_signed_report_is_found(
    verify: Verify, deed: Callable[[Any], None], told: str
) -> None:
    furnish()
    signed: Any = selectors.signed_report(make("AUTHORITY"))
    assert verify(signed)["ok"]
    deed(signed)
    assert why(verify(signed)) == told


def test_no_report_is_made_of_what_somebody_changed_in_the_database() -> None:
    furnish()
    logs.tamper("UPDATE controls_evidence SET verdict = 'PROVED' WHERE control = %s", "WEB-01")
    with pytest.raises(reports.Unfounded, match="WEB-01"):
        make()
    assert not Report.objects.exists()


@pytest.fixture
def credulous(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that somebody has changed, too: it reports whatever stands in the database."""
    monkeypatch.setattr(controls_selectors, "unfounded", list)


@pytest.mark.usefixtures("credulous")
def test_evidence_that_mallory_changed_in_the_database_is_found(verify: Verify) -> None:
    """The report tells what stands in the table, and the log something else."""
    furnish()
    logs.tamper("UPDATE controls_evidence SET facts = %s WHERE control = %s", '{"people": 7}', "AUT-04")
    assert why(verify(selectors.signed_report(make()))) == "evidence-changed"


@pytest.mark.usefixtures("credulous")
def test_verdict_that_mallory_changed_is_found_where_no_numbers_are_told(verify: Verify) -> None:
    furnish()
    logs.tamper("UPDATE controls_evidence SET verdict = 'PROVED' WHERE control = %s", "WEB-01")
    assert why(verify(selectors.signed_report(make("CUSTOMER")))) == "evidence-changed"


def _shown_by_anothers_measuring() -> None:
    [good] = Evidence.objects.filter(control="AUT-04").values_list("pk", flat=True)
    Probe.objects.filter(control="WEB-01").update(latest=good, conclusive=good)


def _kept_valid() -> None:
    Probe.objects.filter(control="AUT-04").update(latest=_of("MAI-01", "PROVED"), conclusive=None)


def _of(control: str, verdict: str) -> int:
    return Evidence.objects.get(control=control, verdict=verdict).pk


def _ended_by_anothers_measuring() -> None:
    Finding.objects.filter(control="WEB-01").update(closed_at=LATER, closed_by=_of("AUT-04", "PROVED"))


def _begun_by_one_that_passed() -> None:
    Finding.objects.filter(control="WEB-01").update(opened_by=_of("AUT-04", "PROVED"))


@pytest.mark.parametrize(
    "deed",
    [_shown_by_anothers_measuring, _kept_valid, _ended_by_anothers_measuring, _begun_by_one_that_passed],
)
@pytest.mark.parametrize("reader", ["AUTHORITY", "CUSTOMER"])
@pytest.mark.usefixtures("credulous")
def test_state_that_doesnt_follow_from_its_measuring_is_found(
    verify: Verify, deed: Callable[[], None], reader: str
) -> None:
    furnish()
    assert verify(selectors.signed_report(make(reader)))["ok"]
    deed()
    assert why(verify(selectors.signed_report(make(reader)))) == "state-changed"


@pytest.mark.parametrize("wrong", [{"controls": []}, {"controls": [{}]}, {"score": None}, {"findings": 0}])
def test_report_that_tells_its_states_in_another_way_is_not_believed(
    verify: Verify, wrong: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a program that somebody has changed would write it into the log."""
    true = report_content.content_of
    monkeypatch.setattr(report_content, "content_of", lambda *words, **more: true(*words, **more) | wrong)
    monkeypatch.setattr(selectors, "_evidence", lambda content: [])
    assert why(verify(selectors.signed_report(make()))) == "state-changed"


def test_evidence_without_an_entry_that_is_proved_is_found(verify: Verify) -> None:
    furnish()
    signed: Any = selectors.signed_report(make())
    signed["entries"].pop()
    assert why(verify(signed)) == "missing"


def test_saved_checkpoint_of_the_same_size_and_another_root_is_found(verify: Verify, tmp_path: Path) -> None:
    signed = selectors.signed_report(make())
    note = (folders.current().audit / "epoch-0001" / "checkpoint").read_bytes()
    logs.tamper("UPDATE audit_entry SET actor = 'anonymous' WHERE action = 'protection.report-made'")
    for path in folders.current().audit.glob("epoch-0001/checkpoints/*"):
        path.unlink()
    logs.start_over_on_disk()
    other = checkpoints.sign(now=LATER)
    assert (other.note == note, other.size) == (False, checkpoint_files.read(note).size)
    (tmp_path / "other").write_bytes(other.note)
    assert why(verify(signed, "--checkpoint", str(tmp_path / "other"))) == "not-the-tree-of-checkpoint"


def test_saved_checkpoint_of_another_size_is_said_not_to_be_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    furnish()
    signed = selectors.signed_report(make())
    make(at=LATER + DAY)
    newest = checkpoints.newest()
    assert newest is not None
    (tmp_path / "newer").write_bytes(newest.note)
    (tmp_path / "report.json").write_text(json.dumps(signed))
    assert verify_audit.main([str(tmp_path / "report.json"), "--checkpoint", str(tmp_path / "newer")]) == 0
    said = capsys.readouterr().out
    assert "2 of 43 proven, 1 failing" in said
    assert ("compare it with an export of the log" in said, "The key was taken from the report" in said) == (
        True, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        "{", "{}", '{"format": "tryggve-report/2"}', '{"format": "tryggve-report/1", "report": {}}',
        '{"a": 1, "a": 2}', '{"report": ' + "[" * 900 + "]" * 900 + "}",
    ],
)  # fmt: skip
def test_what_is_no_report_gets_no_verdict(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report.json").write_text(content)
    assert verify_audit.main([str(tmp_path / "report.json")]) == 2
    out = capsys.readouterr()
    assert (out.out, out.err.startswith("The report can't be read:")) == ("", True)


def test_report_of_a_log_that_cant_be_signed_is_made_and_signed_later() -> None:
    checkpoints.sign(now=NOW)
    (folders.current().audit / "signing-key").rename(folders.current().audit / "hidden")
    made = make()
    with pytest.raises(selectors.NotSignedYet):
        selectors.signed_report(made)
    (folders.current().audit / "hidden").rename(folders.current().audit / "signing-key")
    checkpoints.sign(now=LATER)
    assert selectors.signed_report(made)["format"] == selectors.FORMAT


def test_report_that_no_file_of_the_log_proves_is_refused() -> None:
    made = make()
    for path in folders.current().audit.glob("epoch-0001/tile/entries/*"):
        for below in path.iterdir():
            below.unlink()
    with pytest.raises(selectors.LogUnreadable):
        selectors.signed_report(made)


def test_file_has_the_day_and_for_whom_in_its_name() -> None:
    file = report_files.as_json(selectors.signed_report(make("INSURER", "da")))
    assert (file.name, file.media_type) == ("tryggve-insurer-da-2026-03-04.json", "application/json")
