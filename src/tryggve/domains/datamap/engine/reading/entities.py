"""Letters that HTML and XML write as references: ``&nbsp;``, ``&#229;``, ``&#xE5;``."""

import html
import re
from functools import lru_cache
from typing import Final

from tryggve.domains.datamap.engine.reading.offset_map import Edits, edited

# Names need their semicolon but for the space that is often without: an address may hold «&copy=1».
_REFERENCE: Final = re.compile(
    rb"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});?|[A-Za-z][A-Za-z0-9]{1,31};|nbsp)"
)


def resolved(content: bytes) -> tuple[bytes, Edits | None]:
    """References that HTML knows become their letters. What a document itself defines is never expanded."""
    if b"&" not in content:
        return content, None
    found = ((at.start(), at.end(), _letter(at[0])) for at in _REFERENCE.finditer(content))
    return edited(content, found)


@lru_cache(maxsize=4096)
def _letter(reference: bytes) -> bytes:
    return html.unescape(reference.decode()).encode("utf-8", "replace")
