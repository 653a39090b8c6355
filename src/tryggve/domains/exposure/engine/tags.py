"""Lists of ``tag=value;`` as DKIM, DMARC, MTA-STS and TLS-RPT records are written (RFC 6376 §3.2)."""

import re

_TAG = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def read(text: str) -> dict[str, str] | None:
    """The values by tag, in their order; None where it isn't such a list or a tag comes twice."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        tag, equals, value = part.partition("=")
        name = tag.strip()
        if not equals or not _TAG.fullmatch(name) or name in found:
            return None
        found[name] = value.strip()
    return found
