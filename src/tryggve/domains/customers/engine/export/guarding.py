"""What keeps a spreadsheet from taking a cell for a formula (OWASP, «CSV Injection»)."""

import re

from tryggve.domains.customers.engine.values.cleaning import unguarded

_BEGINS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
# Nothing but a sum of digits can come of these, and a telephone number must stay one that can be dialled.
_PHONE = re.compile(r"\+[0-9][0-9 ()./\u00a0-]{3,38}")


def may_be_formula(cell: str) -> bool:
    """Whether a spreadsheet might work the cell out instead of showing it; a whole telephone number isn't one."""
    return cell.startswith(_BEGINS_FORMULA) and not _PHONE.fullmatch(cell)


def guarded(cell: str) -> str:
    """The cell as CSV, where a spreadsheet shows it as text: an apostrophe before what may be a formula.

    ``cleaning.unguarded`` gives back the cell, whatever it was.
    """
    return f"'{cell}" if may_be_formula(cell) else kept_through_import(cell)


def kept_through_import(cell: str) -> str:
    """The cell, with an apostrophe before one that an import would take for guarded."""
    return f"'{cell}" if unguarded(cell) != cell else cell
