import subprocess
import sys
from pathlib import Path

import pytest

from tools import machine, run_tests, tree

_SMALL = "src/tryggve/domains/backups/tests/engine/test_due.py"


def test_stage_that_this_computer_can_not_run_is_named_and_fails_the_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcome = run_tests.run(run_tests.Stage("pages", [], lacks="no Chromium was found"))

    assert (outcome.is_good, outcome.title) == (False, "pages: SKIPPED, no Chromium was found")
    assert "SKIPPED: no Chromium was found" in capsys.readouterr().out


def test_browser_tests_are_what_lacks_without_a_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert machine.browser() is None
    assert [stage.title for stage in run_tests.stages() if stage.lacks][-1] == "pages and journeys"


def test_browser_in_a_snap_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "chromium-browser"
    script.write_text("#!/bin/sh\nexec /snap/bin/chromium\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert machine.browser() is None
    script.write_text("#!/bin/sh\n")
    assert machine.browser() == script


def _as_from_a_shell() -> dict[str, str]:
    """Without what this run of pytest has set for itself."""
    own = ("PYTEST_", "DJANGO_")
    return {name: value for name, value in run_tests.environment().items() if not name.startswith(own)}


@pytest.mark.process
def test_what_one_file_has_is_one_process_s_work() -> None:
    """A pytest that the plug-in doesn't know yet has it leave the groups out, without a word."""
    words = ("-v", "-n", "2", "--dist", "loadgroup", _SMALL)
    told = subprocess.run(
        [sys.executable, "-m", "pytest", *words], cwd=tree.ROOT, env=_as_from_a_shell(), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    passed = [line for line in told.stdout.splitlines() if " PASSED " in line]
    assert told.returncode == 0, told.stdout
    assert (len(passed) > 1, [line for line in passed if not line.rstrip().endswith(f"@{_SMALL}")]) == (
        True,
        [],
    )
