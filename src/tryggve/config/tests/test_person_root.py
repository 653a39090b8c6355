"""What root starts runs as the user that the data belong to. Only collected where the tests run as root."""

import os
import pwd
import textwrap
from pathlib import Path
from typing import Any

import pytest

from tryggve.config.tests import machine
from tryggve.lib import folders as folder

NOBODY = pwd.getpwnam("nobody")
OWNED = (NOBODY.pw_uid, NOBODY.pw_gid)

# The product's own user is nobody here: a user that every computer has.
BECOME = """
    import json, os, sys
    from pathlib import Path
    from tryggve.config import person
    from tryggve.lib import folders, opened
    from tryggve.lib.errors import Refusal
    folders.SYSTEM_USER, folders.SYSTEM_CONFIG = "nobody", Path(sys.argv[4])
    data, config, named = (word if word != "-" else None for word in sys.argv[1:4])
    os.chdir("/root")
    try:
        chosen = person.become_owner(data=data, config=config, arguments=[named or "find"])
    except Refusal as refusal:
        print(json.dumps({"refused": type(refusal).__name__, "words": str(refusal), "user": os.getuid()}))
        sys.exit()
    def attempt(deed, *words):
        try:
            return deed(*words)
        except PermissionError:
            return "forbidden"
    def read():
        with opened.open_binary(named) as stream:
            return stream.read().decode()
    print(json.dumps({
        "data": str(chosen.data), "config": str(chosen.config),
        "users": os.getresuid(), "groups": os.getresgid(), "more": os.getgroups(),
        "back": [attempt(os.setuid, 0), attempt(os.setgid, 0), attempt(os.listdir, "/root")],
        "home": os.environ["HOME"], "name": [os.environ["USER"], os.environ["LOGNAME"]],
        "place": os.getcwd(), "read": attempt(read) if named else None,
    }))
"""


def _become(
    roots: Path, data: Path | str, *, config: Path | str = "-", named: Path | str = "-"
) -> dict[str, Any]:
    words = (str(data), str(config), str(named), f"{roots}/system-config")
    answer: dict[str, Any] = machine.told_by(BECOME, *words, home=roots, as_root=True)
    return answer


def _owner(path: Path) -> tuple[int, int]:
    status = path.lstat()
    return status.st_uid, status.st_gid


def test_data_of_a_user_are_worked_on_as_that_user_and_no_root_is_left(home: Path, roots: Path) -> None:
    answer = _become(roots, home, config=f"{roots}/keys")
    assert (answer["users"], answer["groups"]) == ([NOBODY.pw_uid] * 3, [NOBODY.pw_gid] * 3)
    assert answer["more"] == os.getgrouplist("nobody", NOBODY.pw_gid)
    assert answer["back"] == ["forbidden"] * 3
    assert (answer["home"], answer["name"]) == (NOBODY.pw_dir, ["nobody", "nobody"])


def test_groups_of_root_are_dropped(home: Path, roots: Path) -> None:
    text = "import os\nos.setgroups([0, 4, 42])\n" + textwrap.dedent(BECOME)
    words = (str(home), f"{roots}/keys", "-", f"{roots}/system-config")
    answer = machine.told_by(text, *words, home=roots, as_root=True)
    assert answer["more"] == os.getgrouplist("nobody", NOBODY.pw_gid)


def test_command_leaves_a_folder_that_its_user_may_not_enter(home: Path, roots: Path) -> None:
    assert _become(roots, home, config=f"{roots}/keys")["place"] == "/"


def test_new_folder_is_made_and_given_to_the_products_user(roots: Path) -> None:
    answer = _become(roots, roots / "firm" / "data", config=roots / "firm" / "keys")
    assert answer["users"] == [NOBODY.pw_uid] * 3
    for made in (roots / "firm" / "data", roots / "firm" / "keys"):
        assert (_owner(made), made.stat().st_mode & 0o777) == (OWNED, 0o700)
    assert _owner(roots / "firm") == (0, 0)


def test_folder_of_keys_of_the_system_is_given_too(roots: Path) -> None:
    answer = _become(roots, roots / "data")
    assert _owner(roots / "system-config") == OWNED
    assert Path(answer["config"]).parent == roots / "system-config"


def test_new_folder_is_refused_where_the_products_user_is_missing(roots: Path) -> None:
    text = BECOME.replace('"nobody", Path', '"no-such-user", Path')
    words = (f"{roots}/data", "-", "-", f"{roots}/system-config")
    answer = machine.told_by(text, *words, home=roots, as_root=True)
    assert (answer["refused"], "Start it with the script ./tryggve" in answer["words"]) == (
        "NoSuchUser",
        True,
    )
    assert list(roots.iterdir()) == []


def test_products_user_is_called_tryggve() -> None:
    assert folder.SYSTEM_USER == "tryggve"


def test_data_of_a_user_that_was_removed_are_refused(roots: Path) -> None:
    (roots / "data").mkdir()
    os.chown(roots / "data", 54321, 54321)
    answer = _become(roots, roots / "data")
    assert (answer["refused"], "54321" in answer["words"]) == ("NoSuchUser", True)


def test_named_file_that_only_root_may_read_is_read(home: Path, roots: Path) -> None:
    (roots / "list.csv").write_text("Cilla")
    (roots / "list.csv").chmod(0o600)
    answer = _become(roots, home, config=f"{roots}/keys", named=roots / "list.csv")
    assert (answer["read"], answer["back"][2]) == ("Cilla", "forbidden")


def test_named_link_to_what_only_root_may_read_stays_closed(home: Path, roots: Path) -> None:
    """Mallory calls a link to a file of root's her list of customers, and asks root to bring it in."""
    (roots / "shadow").write_text("root:x")
    (roots / "shadow").chmod(0o600)
    (home / "list.csv").symlink_to(roots / "shadow")
    answer = _become(roots, home, config=f"{roots}/keys", named=home / "list.csv")
    assert answer["read"] == "forbidden"


@pytest.mark.parametrize("folders", [("", "-"), ("-", "")])
def test_empty_name_is_refused_before_anything_is_made(roots: Path, folders: tuple[str, str]) -> None:
    answer = _become(roots, folders[0], config=folders[1])
    assert (answer["refused"], answer["user"], list(roots.iterdir())) == ("FolderRefused", 0, [])
