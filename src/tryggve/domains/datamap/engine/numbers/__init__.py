"""Numbers that name a person, a firm, an account or a card: found by their shape, held against their rules.

For most cases use ``find(text)``; ``FINDERS`` are its parts, each of which takes a Text and gives Spans.
"""

from collections.abc import Callable, Sequence
from typing import Final

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.numbers import (
    cards,
    danish,
    finnish,
    giros,
    iban,
    norwegian,
    swedish,
    swedish_vat,
)
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text

FINDERS: Final[Sequence[Callable[[Text], Spans]]] = (
    iban.find,
    norwegian.find_persons,
    finnish.find,
    swedish.find,
    swedish_vat.find,
    danish.find_persons,
    cards.find,
    giros.find_bankgiros,
    giros.find_plusgiros,
    norwegian.find_organisations,
    danish.find_firms,
    giros.find_references,
)


def find(text: Text) -> Spans:
    """All of them; a text without digits takes no time."""
    return spans.together(finder(text) for finder in FINDERS) if len(text.runs) else spans.none()
