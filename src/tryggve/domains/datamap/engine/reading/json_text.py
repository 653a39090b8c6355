"""JSON, one document or one a line: as it stands, with its escapes resolved."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from tryggve.domains.datamap.engine.reading import plain_text
from tryggve.domains.datamap.engine.reading.offset_map import Edits, edited
from tryggve.domains.datamap.engine.reading.parts import Limits, Read, Source

# RFC 8259 §7; letters beyond U+FFFF are two escapes.
_ESCAPE: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\"\\/bfnrt])"
)


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Names of members stay where they are: they say what stands after them."""
    return plain_text.pieces(source, unescaped)


def unescaped(content: bytes) -> tuple[bytes, Edits | None]:
    if b"\\" not in content:
        return content, None
    return edited(content, ((at.start(), at.end(), _letter(at[0])) for at in _ESCAPE.finditer(content)))


@lru_cache(maxsize=4096)
def _letter(escape: bytes) -> bytes:
    letter: str = json.loads(b'"%s"' % escape)
    return letter.encode("utf-8", "replace")
