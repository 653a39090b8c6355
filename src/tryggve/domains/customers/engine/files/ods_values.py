"""What a cell of an OpenDocument sheet holds (ODF 1.3 part 3, 19.385 and after), as text."""

import datetime
import re
from collections.abc import Mapping

from tryggve.domains.customers.engine.files.sheet_rows import moment_text, number_text
from tryggve.domains.customers.engine.table import Fault

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d{1,12})?S")
# Programs that don't mark errors show them so.
_ERROR = re.compile(r"#[A-Z/0]{1,6}[!?]|#N/A|Err:\d{3}")


def cell_value(attributes: Mapping[str, str], shown: str) -> tuple[str, Fault | None]:
    """The value as it was typed, and what the spreadsheet could not work out; ``shown`` is the text in the cell."""
    kind = attributes.get(OFFICE + "value-type", "")
    is_formula = TABLE + "formula" in attributes
    if attributes.get(_CALC + "value-type") == "error" or (is_formula and _ERROR.fullmatch(shown)):
        return "", "cell_error"
    if is_formula and not kind and not shown:
        return "", "formula_without_value"
    if kind == "string":
        return attributes.get(OFFICE + "string-value", shown), None
    try:
        return _typed(kind, attributes) or shown, None
    except ValueError:
        return shown, None


def _typed(kind: str, attributes: Mapping[str, str]) -> str:
    """Raises ValueError when the value is none of its kind."""
    match kind:
        case "float" | "percentage" | "currency":
            return number_text(float(attributes.get(OFFICE + "value", "")))
        case "date":
            return moment_text(datetime.datetime.fromisoformat(attributes.get(OFFICE + "date-value", "")))
        case "time":
            return _duration(attributes.get(OFFICE + "time-value", ""))
        case "boolean":
            return attributes.get(OFFICE + "boolean-value", "").lower()
    return ""


def _duration(written: str) -> str:
    parts = _DURATION.fullmatch(written)
    if not parts:
        return written
    hours, minutes, seconds = map(int, parts.groups())
    if hours < 24 and minutes < 60 and seconds < 60:
        return datetime.time(hours, minutes, seconds).isoformat()
    return str(datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds))
