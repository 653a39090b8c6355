"""Keys that are known by how they begin, and private keys in PEM (RFC 7468).

Shapes: what the services themselves publish for secret scanning.
"""

import re
from typing import Final

from tryggve.domains.datamap.engine.words.placeholders import entropy

_TOKEN: Final = re.compile(
    rb"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"
    rb"|AIza[\w-]{35}"
    rb"|eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,2000}"
    rb"|gh[pousr]_[A-Za-z0-9]{36,255}"
    rb"|github_pat_\w{22,255}"
    rb"|glpat-[\w-]{20,255}"
    rb"|npm_[A-Za-z0-9]{36}"
    rb"|pypi-[\w-]{50,255}"
    rb"|[rs]k_live_[A-Za-z0-9]{16,255}"
    rb"|sk-(?:ant|proj)-[\w-]{20,255}"
    rb"|whsec_[A-Za-z0-9+/=]{16,255}"
    rb"|xox[abprs]-[A-Za-z0-9-]{10,255}"
    rb"|ya29\.[\w-]{20,2000}"
)
_EXAMPLE: Final = b"EXAMPLE"
# «ghp_xxxx…» and the like stay below; what a service draws comes to 3.5 and more.
_LEAST_ENTROPY: Final = 2.5
_BEGINNING: Final = b"-----BEGIN "
_LONGEST_LABEL: Final = 40
_BEGIN: Final = re.compile(rb"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----")
_END: Final = re.compile(rb"-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----")
_KEY_ITSELF: Final = re.compile(rb"[A-Za-z0-9+/]{24}")
_FIRST_OF_KEY: Final = 400
_LONGEST_KEY: Final = 1 << 14


def token_at(content: bytes, start: int) -> tuple[int, int] | None:
    """Begin and end of a token that begins there."""
    match = _TOKEN.match(content, start)
    if not match or _EXAMPLE in match[0] or entropy(match[0]) < _LEAST_ENTROPY:
        return None
    return match.span()


def private_key_at(content: bytes, start: int) -> tuple[int, int] | None:
    """Begin and end of the key in whose first line «PRIVATE KEY» stands there. What has no end goes as far as its
    beginning can be told."""
    begin = content.rfind(_BEGINNING, max(start - _LONGEST_LABEL, 0), start)
    match = _BEGIN.match(content, begin) if begin >= 0 else None
    if not match or not (key := _KEY_ITSELF.search(content, match.end(), match.end() + _FIRST_OF_KEY)):
        return None
    ending = _END.search(content, match.end(), match.end() + _LONGEST_KEY)
    return begin, ending.end() if ending else key.end()
