"""The command line from outside: what it prints, where, and with which exit status."""

import json
from pathlib import Path

import pytest

from tryggve.config.tests import machine
from tryggve.config.tests.machine import Answer

pytestmark = pytest.mark.process

BROKEN = """
    import sys
    from tryggve.config import cli, verbs
    def broken(arguments):
        personal = "Cilla Åkerström"
        raise ValueError(f"cannot read {personal}") from KeyError(personal)
    verbs.run = broken
    sys.exit(cli.main(["--data", sys.argv[1] + "/data", "--config", sys.argv[1] + "/keys", "doctor"]))
"""


def _run(home: Path, *words: str, **variables: str) -> Answer:
    return machine.command(
        *words, "--data", f"{home}/data", "--config", f"{home}/keys", home=home, **variables
    )


@pytest.mark.parametrize("words", [(), ("help",)])
def test_verbs_of_people_are_listed(home: Path, words: tuple[str, ...]) -> None:
    answer = _run(home, *words)
    assert (answer.status, answer.told, "  ./tryggve up " in answer.said) == (0, "", True)
    assert list(home.iterdir()) == []


def test_verb_that_there_is_not_is_refused_in_words(home: Path) -> None:
    answer = _run(home, "nosuch", "3")
    assert (answer.status, answer.said) == (2, "")
    assert answer.told == "There is no command «nosuch». «./tryggve help» lists them.\n"


def test_unknown_setting_is_refused_in_words(home: Path) -> None:
    answer = _run(home, "doctor", TRYGGVE_DTA="/home/anna")
    assert (answer.status, answer.said) == (2, "")
    assert answer.told.startswith("The environment holds settings that Tryggve doesn't have: TRYGGVE_DTA.")
    assert len(answer.told.splitlines()) == 1


def test_wrong_address_of_the_database_is_refused_in_words(home: Path) -> None:
    (home / "keys").mkdir()
    (home / "keys" / "database-url").write_text("mysql://anna:hemligt@db/firm")
    answer = _run(home, "doctor")
    assert (answer.status, answer.said, "hemligt" in answer.told) == (2, "", False)
    assert "must hold one line: postgresql://" in answer.told


def test_folders_told_by_the_environment_are_used(home: Path) -> None:
    answer = machine.command(
        "doctor", "--json", home=home, TRYGGVE_DATA=f"{home}/firm", TRYGGVE_CONFIG=f"{home}/keys"
    )
    assert any(f"{home}/firm" in finding["text"] for finding in json.loads(answer.said))
    assert list(home.iterdir()) == []


def test_unforeseen_failure_is_a_number_for_people_and_a_line_without_values(home: Path) -> None:
    answer = machine.program(BROKEN, str(home), home=home, PYTHONUTF8="1")
    assert (answer.status, answer.said) == (2, "")
    log, told = answer.told.splitlines()
    kept = json.loads(log)
    assert (kept["exception"], kept["cause"], kept["level"]) == ("ValueError", "KeyError", "ERROR")
    assert kept["at_line"][-1].endswith(" broken")
    assert f"(number {kept['number']})" in told
    assert ("Cilla" in answer.told, "Traceback" in answer.told) == (False, False)


def test_answer_that_the_disk_takes_no_more_of_is_told(home: Path) -> None:
    text = f"import os, sys\nos.dup2(os.open('/dev/full', os.O_WRONLY), 1)\n{_MAIN}"
    answer = machine.program(text, "help", home=home)
    assert (answer.status, answer.told.startswith("The disk is full.")) == (2, True)


def test_reader_that_went_away_is_borne(home: Path) -> None:
    text = f"import os, sys\nread, write = os.pipe()\nos.close(read)\nos.dup2(write, 1)\n{_MAIN}"
    answer = machine.program(text, "help", home=home)
    assert (answer.status, answer.told) == (0, "")


def test_sign_that_the_terminal_lacks_stops_nothing(home: Path) -> None:
    answer = _run(home, "doctor", PYTHONIOENCODING="ascii")
    assert (answer.status, answer.told) == (0, "")
    assert answer.said.startswith("? Pages and translations are built.")


def test_ctrl_c_ends_without_a_traceback(home: Path) -> None:
    text = BROKEN.replace(
        'raise ValueError(f"cannot read {personal}") from KeyError(personal)', "raise KeyboardInterrupt"
    )
    answer = machine.program(text, str(home), home=home)
    assert answer == Answer(130, "", "")


def test_help_of_a_verb_is_told_and_nothing_made(home: Path) -> None:
    answer = _run(home, "up", "--help")
    assert (answer.status, answer.told) == (0, "")
    assert answer.said.startswith("usage: ./tryggve up ")
    assert list(home.iterdir()) == []


_MAIN = """
from tryggve.config import cli
sys.exit(cli.main(sys.argv[1:]))
"""
