import gettext
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from tryggve.lib import argparse_words


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[polib.POFile]:
    """Swedish words of the test's own; what argparse asks is the process's, and is put back."""
    folder = tmp_path / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = polib.POFile()
    words.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    words.extend(polib.POEntry(msgid=word, msgstr=f"SV {word}") for word in argparse_words.WORDS)
    words.save_as_mofile(str(folder / "django.mo"))
    monkeypatch.setattr(argparse_words, "BUILT_LOCALE", tmp_path)
    for name in ("LANGUAGE", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    before = gettext.textdomain()
    yield words
    gettext.textdomain(before)


def _says(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    parser = ArgumentParser(prog="./tryggve greet", allow_abbrev=False)
    parser.add_argument("--times", type=int)
    parser.add_argument("word", choices=["a"])
    with pytest.raises(SystemExit):
        parser.parse_args(words)
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.mark.parametrize("words", [["-h"], [], ["b"], ["a", "b"], ["a", "--times"], ["a", "--times", "x"]])
def test_argparse_speaks_the_language_of_the_environment(
    catalogue: polib.POFile,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
) -> None:
    """Each sentence is one that our catalogue holds, for what a command can get wrong."""
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    argparse_words.translate()
    lines = [line for line in _says(words, capsys).splitlines() if line and not line.startswith("  --times")]
    assert lines[0].startswith("SV usage: ")
    if words == ["-h"]:
        assert {"SV positional arguments:", "SV options:"} - set(lines) == set()
        assert "SV show this help message and exit" in "".join(lines)
    else:
        reason = lines[-1].partition("error: ")[2]
        assert reason.startswith("SV ")


def test_argparse_speaks_english_where_nothing_else_is_asked(
    catalogue: polib.POFile, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    argparse_words.translate()
    assert _says([], capsys).startswith("usage: ")
