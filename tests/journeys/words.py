"""What a page says to somebody in their own language: a journey in three is written once."""

from django.utils import translation

from tests.journeys.desk import Desk


def said(who: Desk, english: str, *, context: str | None = None) -> str:
    """The words of the source, as they read what was translated."""
    with translation.override(who.language):
        return translation.pgettext(context, english) if context else translation.gettext(english)
