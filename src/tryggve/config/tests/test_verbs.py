from collections.abc import Iterator

import pytest
from django.utils import translation

from tryggve.config import verbs
from tryggve.supervisor import lifeline


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """The command line chooses a language for its process."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize("words", [[], ["help"], ["--help"], ["-h"]])
def test_help_lists_the_verbs_of_people_and_no_others(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verbs.run(words) == 0
    listed = [line.split()[1] for line in capsys.readouterr().out.splitlines() if line.startswith("  ./")]
    assert listed == sorted(listed)
    assert {"up", "doctor", "customers"} - set(listed) == set()
    assert {"serve", "work", "migrate", "shell", "createsuperuser"} & set(listed) == set()


def test_every_verb_of_people_says_what_it_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    verbs.run([])
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ./")]
    assert [line for line in lines if len(line.split()) < 4] == []


@pytest.mark.parametrize("verb", ["nosuch", "serve", "work", "migrate", "shell", "Up", "--json", ""])
def test_verb_that_there_is_not_is_refused(verb: str) -> None:
    """So are those that only ``up`` gives its children, and all of Django's."""
    with pytest.raises(verbs.UnknownVerb) as refused:
        verbs.run([verb, "3"])
    assert str(refused.value) == f"There is no command «{verb}». «./tryggve help» lists them."


def test_children_of_up_have_their_verbs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(lifeline.PARENT_VARIABLE, "3")
    assert verbs.run(["serve", "--help"]) == 0
    assert "listener" in capsys.readouterr().out


def test_status_is_what_the_verb_ends_with(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.run(["doctor", "--no-such"]) == 2
    assert verbs.run(["doctor", "--help"]) == 0


def test_help_speaks_the_language_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    verbs.run(["help"])
    assert translation.get_language() == "sv"
