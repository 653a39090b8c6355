"""No file of the repository names the place where it was written or where its packages came from."""

from pathlib import Path

import pytest

from tools import tree

# In halves, so that this file doesn't name them either.
_FORBIDDEN = {
    "a registry": ("py" + "pi.org", "python" + "hosted", "npm" + "js.", "debian" + ".org/debian"),
    "a path of the workplace": ("/wo" + "rk/main", "/wo" + "rk/shared", ".libr" + "ary/"),
}


def named_in(text: str) -> list[str]:
    return [kind for kind, words in _FORBIDDEN.items() if any(word in text for word in words)]


def text_of(path: Path) -> str:
    """Empty for what isn't text."""
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def test_no_file_names_registry_or_workplace() -> None:
    read = {tree.shown(path): named_in(text_of(path)) for path in tree.files("*") if path.is_file()}
    assert {name: kinds for name, kinds in read.items() if kinds} == {}
    assert "tests/architecture/test_places.py" in read


@pytest.mark.parametrize("words", [*_FORBIDDEN["a registry"], *_FORBIDDEN["a path of the workplace"]])
def test_named_in_finds_it(words: str) -> None:
    assert named_in(f"see https://files.{words}/x") != []
