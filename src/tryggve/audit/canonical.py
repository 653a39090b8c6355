"""Canonical JSON (RFC 8785) for what the log holds: objects, lists, text, whole numbers to 2^53, yes and no, null."""

import json
from collections.abc import Iterable
from typing import TypeAlias

Row: TypeAlias = tuple[int, int, str, str, str, str | None, str, str | None]

# Python sorts by code points and RFC 8785 by UTF-16: the same for our keys, which are ASCII.
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"))


def encode(value: object) -> str:
    """The one way to write it; the keys of objects must be ASCII."""
    return _ENCODER.encode(value)


def leaves(rows: Iterable[Row]) -> list[bytes]:
    """The leaves of rows of the log: (index, entry, action, actor, at, commitment, facts, subject).

    ``at`` is ``YYYY-MM-DD HH:MM:SS[.ffffff]`` in UTC, ``facts`` canonical JSON, ``subject`` 32 hexadecimal digits.
    Formed by hand, since a million of them are formed to verify a log. For a row that someone has changed
    into what no entry can be it gives other bytes, or raises TypeError, AttributeError or ValueError.
    """
    return [
        (
            f'{{"action":"{action}","actor":"{actor}","at":"{at.replace("T", "?").replace(" ", "T")}Z","commitment":'
            + ("null" if commitment is None else f'"{commitment}"')
            + f',"entry":{entry},"facts":{facts},"subject":'
            + ("null" if who is None else f'"{who[:8]}-{who[8:12]}-{who[12:16]}-{who[16:20]}-{who[20:]}"')
            + ',"v":1}'
        ).encode()
        for _index, entry, action, actor, at, commitment, facts, who in rows
    ]
