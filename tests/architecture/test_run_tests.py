from pathlib import Path

import pytest

from tools import machine, run_tests


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
