import re
from collections.abc import Mapping, Sequence

from tryggve.domains.customers.engine import heading_words
from tryggve.domains.customers.engine.folding import words
from tryggve.domains.customers.engine.heading_words import Field
from tryggve.domains.customers.engine.headings import joined_words
from tryggve.domains.customers.engine.phones import is_phone

_TOTALS = joined_words(heading_words.TOTALS)
_LONGEST_TOTAL = 60
_COUNTED = frozenset({"st", "rader", "poster", "kunder", "rows", "customers", "stk"})
_PHONE = re.compile(r"0\d{6,}")
_NUMBER = re.compile(r"[-+]?[\s.,]*\d[\d\s.,]*(?:%|kr|sek|dkk|nok|eur|st|:-)?", re.IGNORECASE)


_POSTCODE_DIGITS = 4


def is_total(cells: Sequence[str], fields: Mapping[int, Field | None]) -> bool:
    """Whether the row only sums up the others: «Summa», «I alt: 300 st», and numbers beside it or nothing.

    ``fields`` are those of the columns, by place: a customer may be called «Total», and have a telephone number.
    """
    filled = [(place, cell) for place, cell in enumerate(cells) if cell and not cell.isspace()]
    if not filled or len(filled[0][1]) > _LONGEST_TOTAL:
        return False
    if not all(_is_sum(cell.strip(), fields.get(place)) for place, cell in filled[1:]):
        return False
    said = [word for word in words(filled[0][1]) if not word.isdigit()]
    return "".join(said) in _TOTALS or "".join(word for word in said if word not in _COUNTED) in _TOTALS


def _is_sum(cell: str, field: Field | None) -> bool:
    if not _NUMBER.fullmatch(cell) or (field == "phone" and is_phone(cell)):
        return False
    if field in ("postcode", "postcode_city"):
        return sum(map(str.isdigit, cell)) < _POSTCODE_DIGITS
    return not _PHONE.fullmatch(cell)
