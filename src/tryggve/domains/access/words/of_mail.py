"""What a mail server said, as the log tells it: the same codes mean something else where somebody signs in."""

from typing import Final

from tryggve.notices import troubles

_TELL_OF_MAIL: Final = frozenset(
    {
        ("setup.test-mail-sent", "outcome"),
        ("outreach.tested", "outcome"),
        ("outreach.paused", "trouble"),
    }
)


def value(action: str, name: str, told: object) -> str:
    """A sentence; empty where the fact tells nothing of a mail server."""
    return troubles.in_words(str(told), None) if (action, name) in _TELL_OF_MAIL else ""
