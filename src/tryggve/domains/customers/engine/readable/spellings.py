import base64
import json
from collections.abc import Iterator

from tryggve.domains.customers.engine.values.folding import fold

# Shorter ones occur in encrypted bytes by chance.
SHORTEST = 6


def spellings(word: str) -> frozenset[bytes]:
    """A word in every encoding and case, escaped as in JSON, in hexadecimal digits and in base64."""
    texts = {word, word.lower(), word.upper(), fold(word)}
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
    plain = {text.encode(encoding, "ignore") for text in texts for encoding in encodings}
    escaped = {json.dumps(text)[1:-1].encode() for text in texts}
    return _long_enough(plain | escaped | {form for one in plain for form in _wrapped(one)})


def spellings_of_bytes(secret: bytes) -> frozenset[bytes]:
    """A secret that isn't text: as it is, in hexadecimal digits and in base64."""
    return _long_enough({secret, *_wrapped(secret)})


def _wrapped(content: bytes) -> Iterator[bytes]:
    yield from (content.hex().encode(), content.hex().upper().encode())
    for before in range(3):
        shifted = bytes(before) + content
        # The first letters also carry bits of what stands before it, the last of what follows.
        letters = base64.b64encode(shifted[: len(shifted) // 3 * 3])[(0, 2, 3)[before] :]
        yield from (letters, letters.replace(b"+", b"-").replace(b"/", b"_"))


def _long_enough(forms: set[bytes]) -> frozenset[bytes]:
    return frozenset(form for form in forms if len(form) >= SHORTEST)
