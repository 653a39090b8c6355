from pathlib import Path

import pytest

from tools import sizes


def test_repository_keeps_to_sizes_and_names() -> None:
    assert list(sizes.faults()) == []


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("room/long.py", "x = 1\n" * 501, "room/long.py: 501 lines, more than 500"),
        (
            "room/deep.py",
            "def work() -> None:\n" + "    print()\n" * 60,
            "room/deep.py: work has 61 lines, more than 60",
        ),
        (
            "tryggve",
            "work() {\n" + "    echo\n" * 59 + "}\n",
            "tryggve: work has 61 lines, more than 60",
        ),
        ("room/utils.py", "", "room/utils.py: the name of a module says what is in it"),
        ("helpers/words.py", "", "helpers/words.py: the name of a module says what is in it"),
    ],
)
def test_faults_planted_names_it(tmp_path: Path, name: str, text: str, fault: str) -> None:
    planted = tmp_path / name
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(text)
    assert list(sizes.faults(tmp_path)) == [fault]


def test_faults_at_the_limits_are_none(tmp_path: Path) -> None:
    function = "def work() -> None:\n" + "    print()\n" * 59
    (tmp_path / "full.py").write_text(function + "x = 1\n" * 440)
    assert list(sizes.faults(tmp_path)) == []
