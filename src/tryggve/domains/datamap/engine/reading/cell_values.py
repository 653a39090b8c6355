"""Values of cells as somebody would have typed them."""

import datetime
from collections.abc import Callable, Mapping
from typing import Final

_FIRST_DAY: Final = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone


def number(value: float) -> str:
    """Without exponent, and without decimals if it has none: it may be a number that identifies something."""
    return str(int(value)) if value.is_integer() else repr(value)


def moment(value: datetime.datetime) -> str:
    """A date (ISO 8601), with its time of day unless that is midnight."""
    return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")


Value = str | float | int | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta


def text_of(value: Value) -> str:
    """Most that are no texts are whole numbers, and a sheet has very many."""
    if type(value) is float and value.is_integer():
        return str(int(value))
    return _TEXT_OF[type(value)](value)


_TEXT_OF: Final[Mapping[type, Callable[..., str]]] = {
    str: str,
    float: repr,
    int: str,
    bool: lambda value: "true" if value else "false",
    datetime.date: datetime.date.isoformat,
    datetime.datetime: moment,
    datetime.time: datetime.time.isoformat,
    datetime.timedelta: str,
}


def date_of(days: float) -> str:
    """A date as Excel counts it, from the last day but one of 1899; a number that is none stays as it is."""
    try:
        return moment(_FIRST_DAY + datetime.timedelta(seconds=round(days * 86400)))
    except (OverflowError, ValueError):
        return number(days)
