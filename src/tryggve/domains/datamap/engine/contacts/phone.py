"""Telephone numbers of Sweden, Denmark, Norway and Finland, and of all countries with their calling codes."""

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.contacts import phone_international, phone_national
from tryggve.domains.datamap.engine.contacts.claims import together
from tryggve.domains.datamap.engine.contacts.phone_groups import groups
from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text


def find(text: Text) -> Spans:
    """All in the text."""
    if not len(text.runs):
        return spans.none()
    grouped = groups(text)
    claimed = together((*phone_international.found(text, grouped), *phone_national.found(grouped)))
    return claimed.settled(text, Kind.PHONE)
