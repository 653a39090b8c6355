"""A child that was taken over says what it likes; of that only names that exist here anyway may reach the log."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

_UNKNOWN = "unknown"
_MOST_PLACES = 30
_PROGRAM = str(Path(__file__).with_name("child.py"))
_log = logging.getLogger("tryggve.sandbox")


def keep(fault: Any) -> None:
    """Log the class and the places that a child tells.

    A class that this process doesn't know, or a line that isn't in a module which this process has loaded, is
    «unknown».
    """
    told = fault if isinstance(fault, dict) else {}
    at_line = told.get("at_line")
    places = at_line if isinstance(at_line, list) else []
    facts = {
        "exception": _known_class(told.get("exception")),
        "at_line": [_known_place(place) for place in places[:_MOST_PLACES]],
    }
    _log.error("a sealed-off parser failed", extra={"facts": facts})


def _known_class(name: object) -> str:
    return next((known for known in _names(BaseException) if known == name), _UNKNOWN)


def _names(kind: type[BaseException]) -> Iterator[str]:
    yield kind.__name__
    for narrower in type.__subclasses__(kind):
        yield from _names(narrower)


def _known_place(place: object) -> str:
    if not isinstance(place, str):
        return _UNKNOWN
    file = place.rpartition(" ")[0].rpartition(":")[0]
    return place if file in _files() and place in _places_in(file) else _UNKNOWN


def _files() -> set[str]:
    loaded = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {_PROGRAM, *(file for file in loaded if isinstance(file, str) and file.endswith(".py"))}


def _places_in(file: str) -> set[str]:
    """Every line on which something can fail there, said as child.py says it."""
    try:
        whole = compile(Path(file).read_bytes(), file, "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError):
        return set()  # replaced or taken away since it was loaded
    return {f"{file}:{line} {code.co_name}" for code in _codes(whole) for *_, line in code.co_lines() if line}


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
