"""The command ``doctor``: it tells, and changes nothing."""

import json

import pytest

from tests.program import Program
from tryggve.domains.setup.tests import register

pytestmark = pytest.mark.process

# How the computer is that the tests run on, nobody knows here.
OF_THE_COMPUTER = {"swap", "hibernation", "core_dumps", "disk_encryption", "copies"}


def _findings(program: Program) -> dict[str, str]:
    done = program.run("doctor", "--json")
    assert done.stderr == b""
    found = json.loads(done.stdout)
    assert {tuple(sorted(finding)) for finding in found} == {("code", "text", "verdict")}
    verdicts = {finding["code"]: finding["verdict"] for finding in found}
    assert done.returncode == ("bad" in verdicts.values())
    return verdicts


def test_sound_register_is_good_and_nothing_is_changed(used: Program) -> None:
    before = register.content(used), register.owners(used), register.modes(used)
    found = _findings(used)
    assert {code: found[code] for code in found.keys() - OF_THE_COMPUTER if found[code] != "good"} == {
        "running": "warning"
    }
    assert OF_THE_COMPUTER - found.keys() == set()
    assert "bad" not in {found[code] for code in OF_THE_COMPUTER}
    assert (register.content(used), register.owners(used), register.modes(used)) == before


def test_new_installation_is_told_in_lines_and_nothing_is_made() -> None:
    with register.new() as program:
        done = program.run("doctor")
        assert (done.returncode, done.stderr) == (0, b"")
        assert [line[0] for line in done.stdout.decode().splitlines()][3:] == ["!"]
        assert list(program.home.iterdir()) == []


def test_database_that_lets_its_log_be_changed_is_bad(spoilt: Program) -> None:
    register.change(spoilt, "DROP TRIGGER audit_entry_no_delete")
    before = register.content(spoilt)
    assert _findings(spoilt)["database"] == "bad"
    assert register.content(spoilt) == before


def test_damaged_database_is_bad_and_the_rest_is_told(spoilt: Program) -> None:
    (spoilt.data / "tryggve.sqlite3").write_bytes(b"not a database" * 500)
    found = _findings(spoilt)
    assert (found["database"], found["keys"], found["running"]) == ("bad", "good", "warning")


def test_missing_database_is_bad_and_not_made(spoilt: Program) -> None:
    (spoilt.data / "tryggve.sqlite3").unlink()
    before = register.content(spoilt)
    assert _findings(spoilt)["database"] == "bad"
    assert register.content(spoilt) == before
