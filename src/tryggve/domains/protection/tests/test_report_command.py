"""``report``: a file for people, a file to check, and what is refused."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from tests import commands
from tools import verify_audit
from tryggve.audit import actors, checkpoints
from tryggve.audit.models import Entry
from tryggve.audit.signing_refusals import SigningKeyLost
from tryggve.domains.protection import report_files
from tryggve.domains.protection.management.commands import report as command
from tryggve.domains.protection.management.commands.report import BadPeriod, NotWritten
from tryggve.domains.protection.models import Report
from tryggve.lib import folders
from tryggve.lib.pdf import can_make_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "database_in_its_place")]


def _report(*words: str) -> tuple[int, str]:
    return commands.run("protection", "report", *words)


def test_signed_file_is_written_and_verifies(tmp_path: Path) -> None:
    name = str(tmp_path / "report.json")
    status, out = _report(
        "--for", "insurer", "--language", "da", "--format", "json", "--output", name, "--json"
    )
    made = Report.objects.get()
    assert (status, json.loads(out)) == (
        0, {"file": name, "bytes": Path(name).stat().st_size, "report": made.digest},
    )  # fmt: skip
    assert (made.reader, made.language, made.with_names) == ("INSURER", "da", False)
    assert Entry.objects.get(action="protection.report-made").actor == actors.this_account()
    assert (verify_audit.main([name]), Path(name).stat().st_mode & 0o777) == (0, 0o600)


@pytest.mark.skipif(not can_make_pdf(), reason="Pango is missing")
def test_pdf_is_what_is_written_unless_asked_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    status, out = _report("--output", str(path), "--with-names")
    made = Report.objects.get()
    assert (status, out, path.read_bytes()[:5]) == (0, f"The report was written to {path}.\n", b"%PDF-")
    assert (made.reader, made.language, made.with_names) == ("OWN", "sv", True)


def test_days_are_those_asked_for(tmp_path: Path) -> None:
    words = ("--since", "2025-01-01", "--until", "2025-12-31", "--format", "json")
    assert _report(*words, "--output", str(tmp_path / "report.json"))[0] == 0
    made = Report.objects.get()
    assert (str(made.since), str(made.until)) == ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize(
    "words",
    [
        ("--since", "2999-01-01"),
        ("--until", "2999-01-01"),
        ("--until", "2001-01-01"),
        ("--since", "0001-01-01"),
        ("--since", "1999-12-31"),
    ],
)
def test_days_that_cant_be_make_no_report(tmp_path: Path, words: tuple[str, str]) -> None:
    with pytest.raises(BadPeriod):
        _report(*words, "--output", str(tmp_path / "report.pdf"))
    assert (list(tmp_path.iterdir()), Report.objects.count()) == ([], 0)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with pytest.raises(NotWritten, match="already"):
        _report("--format", "json", "--output", str(tmp_path / "there"))
    assert ((tmp_path / "there").read_text(), Report.objects.count()) == ("mine", 0)


def _nothing_was_made(folder: Path) -> bool:
    is_logged = Entry.objects.filter(action__startswith="protection.report").exists()
    return not (Report.objects.exists() or is_logged or list(folder.iterdir()))


def test_folder_that_isnt_there_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="can't be written there"):
        _report("--format", "json", "--output", str(tmp_path / "nowhere" / "report.json"))
    assert _nothing_was_made(tmp_path)


def test_pdf_is_refused_before_anything_is_made_without_what_sets_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "can_make_pdf", lambda: False)
    with pytest.raises(report_files.NoPdfHere):
        _report("--output", str(tmp_path / "report.pdf"))
    assert _nothing_was_made(tmp_path)


@pytest.fixture
def signing_key_gone() -> Iterator[None]:
    audit = folders.current().audit
    checkpoints.sign(now=timezone.now())
    (audit / "signing-key").rename(audit / "hidden")
    yield
    (audit / "hidden").rename(audit / "signing-key")


@pytest.mark.usefixtures("signing_key_gone")
@pytest.mark.parametrize("place", ["report.json", "-"])
def test_signed_file_is_refused_before_anything_is_made_when_the_log_cant_be_signed(
    tmp_path: Path, place: str
) -> None:
    with pytest.raises(SigningKeyLost):
        _report("--format", "json", "--output", place if place == "-" else str(tmp_path / place))
    assert _nothing_was_made(tmp_path)


def test_no_file_is_left_when_the_report_cant_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise report_files.NoPdfHere

    monkeypatch.setattr(report_files, "as_json", refuse)
    with pytest.raises(report_files.NoPdfHere):
        _report("--format", "json", "--output", str(tmp_path / "report.json"))
    assert list(tmp_path.iterdir()) == []
