"""An ordinary user runs Tryggve as himself, on his own folders."""

import os
import pwd
import textwrap
from pathlib import Path

import pytest

from tryggve.config.tests import machine

BECOME = """
    import json, os, sys
    from tryggve.config import person
    from tryggve.lib.errors import Refusal
    data, config = (word if word != "-" else None for word in sys.argv[1:3])
    try:
        chosen = person.become_owner(data=data, config=config, arguments=sys.argv[3:])
    except Refusal as refusal:
        print(json.dumps({"refused": type(refusal).__name__, "words": str(refusal)}))
    else:
        print(json.dumps({"data": str(chosen.data), "config": str(chosen.config), "user": os.getresuid()[0]}))
"""


def test_ordinary_user_stays_who_he_is_and_nothing_is_made(home: Path) -> None:
    answer = machine.told_by(BECOME, f"{home}/data", f"{home}/config", home=home)
    assert answer == {
        "data": f"{home}/data",
        "config": f"{home}/config",
        "user": pwd.getpwnam(machine.PERSON).pw_uid,
    }
    assert list(home.iterdir()) == []


def test_folders_of_an_ordinary_user_lie_at_his_home(home: Path) -> None:
    answer = machine.told_by(BECOME, "-", "-", home=home)
    at_home = Path(pwd.getpwnam(machine.PERSON).pw_dir)
    assert Path(answer["data"]) == at_home / ".local/share/tryggve"
    assert Path(answer["config"]).is_relative_to(at_home / ".config/tryggve")


def test_relative_folder_is_told_whole(home: Path) -> None:
    answer = machine.told_by(BECOME, "no/such", "keys", home=home)
    assert (answer["data"], answer["config"]) == ("/no/such", "/keys")


@pytest.mark.parametrize("empty", [("", "-"), ("-", ""), ("", "")])
def test_empty_name_of_a_folder_is_refused(home: Path, empty: tuple[str, str]) -> None:
    answer = machine.told_by(BECOME, *empty, home=home)
    assert (answer["refused"], "--data and --config" in answer["words"]) == ("FolderRefused", True)


def test_file_in_place_of_a_folder_is_refused(home: Path) -> None:
    (home / "file").touch()
    for folders in ((f"{home}/file", "-"), ("-", f"{home}/file")):
        answer = machine.told_by(BECOME, *folders, home=home)
        assert (answer["refused"], "is not a folder" in answer["words"]) == ("FolderRefused", True)


def test_folder_below_a_file_is_refused(home: Path) -> None:
    (home / "file").touch()
    answer = machine.told_by(BECOME, f"{home}/file/data", "-", home=home)
    assert answer.get("refused") == "FolderRefused"


def test_folder_that_may_not_be_entered_is_refused_by_name(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir()  # root's, where the tests run as root
    closed.chmod(0)
    answer = machine.told_by(BECOME, f"{closed}/data", "-", home=home)
    closed.chmod(0o700)
    assert answer["refused"] == "FolderRefused"
    assert f"{closed}/data" in answer["words"]


def test_name_too_long_for_the_disk_is_refused(home: Path) -> None:
    answer = machine.told_by(BECOME, f"{home}/{'x' * 300}", "-", home=home)
    assert answer["refused"] == "FolderRefused"


def test_user_number_without_an_account_is_refused(home: Path) -> None:
    """As in a container that was given a number; for others than root nobody can be tried but themselves."""
    number = "54321" if machine.IS_ROOT else str(os.getuid())
    become = f"import os\nos.setuid({number})\n" if machine.IS_ROOT else ""
    gone = "" if machine.IS_ROOT else "import pwd\ndef gone(number): raise KeyError\npwd.getpwuid = gone\n"
    text = become + gone + textwrap.dedent(BECOME)
    answer = machine.told_by(text, "/no/such", "-", home=home, as_root=True)
    assert (answer["refused"], number in answer["words"]) == ("NoSuchUser", True)
