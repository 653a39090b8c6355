import re
from collections.abc import Mapping, Sequence

from tryggve.domains.customers.engine.columns import heading_words
from tryggve.domains.customers.engine.columns.heading_meaning import joined_words
from tryggve.domains.customers.engine.columns.heading_words import Field
from tryggve.domains.customers.engine.values.folding import words
from tryggve.domains.customers.engine.values.phones import is_phone

# What a cell without content is made of.
NOTHING = frozenset("-–—_.?*/ ")
_NO_SIGNS = "".join(NOTHING)
_NO_VALUE = joined_words(heading_words.NO_VALUE)
_TOTALS = joined_words(heading_words.TOTALS)
_LONGEST_TOTAL = 60
_COUNTED = frozenset({"st", "rader", "poster", "kunder", "rows", "customers", "stk"})
_PHONE = re.compile(r"0\d{6,}")
_NUMBER = re.compile(r"[-+]?[\s.,]*\d[\d\s.,]*(?:%|kr|sek|dkk|nok|eur|st|:-)?", re.IGNORECASE)


_POSTCODE_DIGITS = 4


def is_word_for_nothing(cell: str) -> bool:
    """Whether it says that there is no value: «saknas», «n/a»."""
    return "".join(words(cell)) in _NO_VALUE


def is_without_content(cell: str) -> bool:
    """Whether it is empty, or made of dashes and the like."""
    return not cell.strip(_NO_SIGNS)


def says_nothing(cell: str) -> bool:
    return is_without_content(cell) or is_word_for_nothing(cell)


def is_total(cells: Sequence[str], fields: Mapping[int, Field | None]) -> bool:
    """Whether the row only sums up the others: «Summa», «I alt: 300 st», and numbers beside it or nothing.

    ``fields`` are those of the columns, by place: a customer may be called «Total», and have a telephone number.
    """
    first = ""
    for place, cell in enumerate(cells):
        if not cell or cell.isspace():
            continue
        if not first:
            first = cell
        elif len(first) > _LONGEST_TOTAL or not _is_sum(cell.strip(), fields.get(place)):
            return False
    if not first or len(first) > _LONGEST_TOTAL:
        return False
    said = [word for word in words(first) if not word.isdigit()]
    return "".join(said) in _TOTALS or "".join(word for word in said if word not in _COUNTED) in _TOTALS


def _is_sum(cell: str, field: Field | None) -> bool:
    if not _NUMBER.fullmatch(cell) or (field == "phone" and is_phone(cell)):
        return False
    if field in ("postcode", "postcode_city"):
        return sum(map(str.isdigit, cell)) < _POSTCODE_DIGITS
    return not _PHONE.fullmatch(cell)
