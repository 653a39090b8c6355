import json
from typing import Any

import pytest

from tryggve.lib import command


class Greet(command.Command):
    """A verb with an argument, an option and a verb within."""

    help = "Say a word."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument("--times", type=int, default=1)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        say = verbs.add_parser("say", help="say it aloud")
        say.add_argument("word")
        command.shared_options(say, again=True)

    def run(self, options: dict[str, Any]) -> int:
        if options["json"]:
            self.say_json({"word": options["word"]})
        else:
            self.say(options["word"] * options["times"])
        return int(options["word"] == "no")


def _run(*words: str) -> int:
    try:
        Greet().run_from_argv(["tryggve", "greet", *words])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_answer_is_printed_and_the_status_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--times", "2", "say", "hej") == 0
    assert capsys.readouterr() == ("hejhej\n", "")


def test_answer_no_is_status_1() -> None:
    assert _run("say", "no") == 1


@pytest.mark.parametrize("words", [("--json", "say", "å"), ("say", "--json", "å"), ("say", "å", "--json")])
def test_json_is_understood_before_and_after_the_inner_verb(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(*words) == 0
    assert capsys.readouterr().out == '{\n  "word": "å"\n}\n'


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "required: VERB"),
        (("say",), "required: word"),
        (("say", "a", "b"), "unrecognized arguments: b"),
        (("--times", "often", "say", "a"), "--times: invalid int value: 'often'"),
        (("--wrong", "say", "a"), "--wrong"),
        (("sing", "a"), "invalid choice: 'sing'"),
    ],
)
def test_wrong_words_are_status_2_with_usage_and_a_sentence(
    words: tuple[str, ...], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(*words) == 2
    said, told = capsys.readouterr()
    assert (said, told.startswith("usage: ./tryggve greet")) == ("", True)
    assert reason in told
    assert told.endswith("Nothing was changed.\n")
    assert "This command can't be understood: " in told


@pytest.mark.parametrize(("words", "is_told"), [((), True), (("sing", "a"), True), (("say",), False)])
def test_who_names_no_verb_is_told_the_verbs(
    words: tuple[str, ...], is_told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(*words)
    assert ("say it aloud" in capsys.readouterr().err) is is_told


@pytest.mark.parametrize(
    "words", [("--dat", "/x", "say", "a"), ("say", "--dat=/x", "a"), ("--jso", "say", "a")]
)
def test_shortened_options_are_refused(words: tuple[str, ...]) -> None:
    """The folders are read before: a shortened ``--data`` would be taken, and lead to the default folder."""
    assert _run(*words) == 2


@pytest.mark.parametrize(
    "option", ["--settings=other", "--pythonpath=/tmp", "--traceback", "--version", "-v2"]
)
def test_options_of_django_are_not_ours(option: str) -> None:
    assert _run(option, "say", "a") == 2


def test_help_tells_what_every_command_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--help") == 0
    told = capsys.readouterr().out
    assert [option for option in ("--data DIR", "--config DIR", "--json") if option in told] == [
        "--data DIR", "--config DIR", "--json",
    ]  # fmt: skip
    assert "--settings" not in told


def test_answer_can_not_command_the_terminal_of_who_reads_it(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "\x1b]0;title\x07\x9b31m\u202eåäö\tend"

    _run("say", evil)
    assert capsys.readouterr().out == "\ufffd]0;title\ufffd\ufffd31m\ufffdåäö\tend\n"

    _run("--json", "say", evil)
    out = capsys.readouterr().out
    assert (json.loads(out), [letter for letter in out if letter in "\x1b\x07\x9b\u202e"]) == (
        {"word": evil},
        [],
    )
