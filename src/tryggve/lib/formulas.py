"""What keeps a spreadsheet from taking a cell for a formula (OWASP, «CSV Injection»)."""

import re

_BEGINS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
# Nothing but a sum of digits can come of these, and a telephone number must stay one that can be dialled.
_PHONE = re.compile(r"\+[0-9][0-9 ()./\u00a0-]{3,38}")


def may_be_formula(cell: str) -> bool:
    """Whether a spreadsheet might work the cell out instead of showing it; a whole telephone number isn't one."""
    return cell.startswith(_BEGINS_FORMULA) and not _PHONE.fullmatch(cell)
