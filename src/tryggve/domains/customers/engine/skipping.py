import re
from collections.abc import Sequence

from tryggve.domains.customers.engine import heading_words
from tryggve.domains.customers.engine.folding import words
from tryggve.domains.customers.engine.headings import joined_words

_TOTALS = joined_words(heading_words.TOTALS)
_LONGEST_TOTAL = 60
_COUNTED = frozenset({"st", "rader", "poster", "kunder", "rows", "customers", "stk"})
_NUMBER = re.compile(r"[-+]?[\s.,]*\d[\d\s.,]*(?:%|kr|sek|dkk|nok|eur|st|:-)?", re.IGNORECASE)


def is_total(cells: Sequence[str]) -> bool:
    """Whether the row only sums up the others: «Summa», «I alt: 300 st», and numbers beside it or nothing."""
    filled = [cell for cell in cells if cell and not cell.isspace()]
    if not filled or len(filled[0]) > _LONGEST_TOTAL:
        return False
    if not all(_NUMBER.fullmatch(cell.strip()) for cell in filled[1:]):
        return False
    said = [word for word in words(filled[0]) if not word.isdigit()]
    return "".join(said) in _TOTALS or "".join(word for word in said if word not in _COUNTED) in _TOTALS
