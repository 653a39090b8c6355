import os
import pwd

import pytest

from tryggve.config import cli
from tryggve.lib import folders


@pytest.mark.parametrize(
    ("words", "chosen", "rest"),
    [
        ("doctor", {}, "doctor"),
        ("--data X doctor", {"--data": "X"}, "doctor"),
        ("doctor --data X", {"--data": "X"}, "doctor"),
        ("doctor --data=X", {"--data": "X"}, "doctor"),
        ("--data=X doctor --config=Y", {"--data": "X", "--config": "Y"}, "doctor"),
        (
            "customers --config Y find --data X a --json",
            {"--data": "X", "--config": "Y"},
            "customers find a --json",
        ),
        ("doctor --data=a=b", {"--data": "a=b"}, "doctor"),
        ("doctor --data X --data Z", {"--data": "Z"}, "doctor"),
        ("doctor --data", {"--data": ""}, "doctor"),
        ("doctor --data=", {"--data": ""}, "doctor"),
        ("find --database X", {}, "find --database X"),
        ("find -- --data X", {}, "find -- --data X"),
        ("--data X find -- --data=Z --config", {"--data": "X"}, "find -- --data=Z --config"),
        ("find --data --", {"--data": "--"}, "find"),
    ],
)
def test_folders_are_taken_out_wherever_they_stand(words: str, chosen: dict[str, str], rest: str) -> None:
    assert cli._folder_options(words.split()) == (chosen, rest.split())


@pytest.mark.parametrize(
    ("data", "config", "line", "chosen"),
    [
        (None, None, {}, {}),
        ("D", "C", {}, {"--data": "D", "--config": "C"}),
        ("D", None, {}, {"--data": "D"}),
        (None, "C", {}, {"--config": "C"}),
        ("D", "C", {"--data": "X"}, {"--data": "X"}),
        ("D", "C", {"--config": "Y"}, {"--data": "D", "--config": "Y"}),
        ("D", "C", {"--data": "X", "--config": "Y"}, {"--data": "X", "--config": "Y"}),
        ("", "C", {}, {"--data": "", "--config": "C"}),
    ],
)
def test_environment_tells_what_the_line_leaves_open(
    monkeypatch: pytest.MonkeyPatch,
    data: str | None,
    config: str | None,
    line: dict[str, str],
    chosen: dict[str, str],
) -> None:
    """Keys that the environment names belong to the data that it names, not to others."""
    for name, value in (("TRYGGVE_DATA", data), ("TRYGGVE_CONFIG", config)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setitem(os.environ, name, value)
    assert cli._from_environment(line) == chosen


def test_demo_lies_beside_the_register_whatever_the_environment_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(os.environ, "TRYGGVE_DATA", "/firm")
    monkeypatch.setitem(os.environ, "TRYGGVE_CONFIG", "/keys")
    apart = cli._from_environment(cli._apart_for_a_demo({}, ["demo", "--customers", "5"]))
    assert apart == {"--data": str(folders.demo_data())}
    assert folders.demo_data() != folders.default_data(pwd.getpwuid(os.getuid()))


def test_demo_goes_where_the_line_says() -> None:
    assert cli._apart_for_a_demo({"--data": "X"}, ["demo"]) == {"--data": "X"}
    assert cli._apart_for_a_demo({}, ["customers", "find", "demo"]) == {}
