import gettext
import os
from collections.abc import Callable
from pathlib import Path

LANGUAGES = ("sv", "da", "en")
BUILT_LOCALE = Path(__file__).resolve().parent.parent / "_built" / "locale"


def language_of_environment() -> str:
    """The language that the shell asks for, English when it is none of ours (POSIX: LC_ALL, LC_MESSAGES, LANG)."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := os.environ.get(variable, ""):
            code = wanted[:2].lower()
            return code if code in LANGUAGES else "en"
    return "en"


def early_words() -> Callable[[str], str]:
    """gettext for what must be said before Django is set up."""
    return gettext.translation(
        "django", str(BUILT_LOCALE), languages=[language_of_environment()], fallback=True
    ).gettext
