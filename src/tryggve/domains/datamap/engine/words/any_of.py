"""Whether a text meets any of several regular expressions; where is not asked."""

import re
import threading
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Final


def _installed(name: str) -> Any:
    """The module, or None."""
    try:
        return import_module(name)
    except ImportError:
        return None


hyperscan: Final = _installed("hyperscan")
re2: Final = _installed("re2")

Asks = Callable[[bytes], bool]
Compiles = Callable[[Sequence[str]], Asks]


def by_hyperscan(expressions: Sequence[str]) -> Asks:
    """Needs no capturing and knows no look-around: such expressions mean the same to all three."""
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[expression.encode() for expression in expressions],
        ids=[0] * len(expressions),
        flags=hyperscan.HS_FLAG_SINGLEMATCH,
    )
    own = threading.local()

    def asks(content: bytes) -> bool:
        if not hasattr(own, "scratch"):
            own.scratch = hyperscan.Scratch(database)
        return bool(content) and _is_met(database, content, own.scratch)

    return asks


def _is_met(database: Any, content: bytes, scratch: Any) -> bool:
    """The first report ends the scan, and Hyperscan says so with an error."""
    try:
        database.scan(content, match_event_handler=lambda *_: True, scratch=scratch)
    except hyperscan.ScanTerminated:
        return True
    return False


def by_re2(expressions: Sequence[str]) -> Asks:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = True
    options.max_mem = 64 << 20
    compiled = re2.compile(_joined(expressions), options)
    return lambda content: compiled.search(content) is not None


def by_re(expressions: Sequence[str]) -> Asks:
    compiled = re.compile(_joined(expressions))
    return lambda content: compiled.search(content) is not None


def _joined(expressions: Sequence[str]) -> bytes:
    return "|".join(f"(?:{expression})" for expression in expressions).encode("latin-1")


FASTEST: Final[Compiles] = by_hyperscan if hyperscan is not None else by_re2 if re2 is not None else by_re
