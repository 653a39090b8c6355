import pytest

from tryggve.lib.language import early_words, language_of_environment

NAMES = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("all_", "messages", "lang", "language"),
    [
        ("", "", "", "en"),
        ("", "", "sv_SE.UTF-8", "sv"),
        ("", "", "da_DK", "da"),
        ("", "", "en_GB.UTF-8", "en"),
        ("", "", "C", "en"),
        ("", "", "C.UTF-8", "en"),
        ("", "", "POSIX", "en"),
        ("", "", "de_DE.UTF-8", "en"),
        ("", "", "nb_NO.UTF-8", "en"),
        ("", "da_DK.UTF-8", "sv_SE.UTF-8", "da"),
        ("sv_SE.UTF-8", "da_DK.UTF-8", "da_DK.UTF-8", "sv"),
        ("C", "", "sv_SE.UTF-8", "en"),
        ("", "C", "sv_SE.UTF-8", "en"),
    ],
)
def test_language_of_environment(
    monkeypatch: pytest.MonkeyPatch, all_: str, messages: str, lang: str, language: str
) -> None:
    for name, value in zip(NAMES, (all_, messages, lang), strict=True):
        monkeypatch.setenv(name, value)
    assert language_of_environment() == language


def test_language_of_an_empty_environment_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    assert language_of_environment() == "en"


def test_early_words_fall_back_to_the_english_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    assert early_words()("words that nobody translated") == "words that nobody translated"
