"""Lists of ``tag=value;`` as DKIM, DMARC, MTA-STS and TLS-RPT records are written (RFC 6376 §3.2)."""

import re

_TAG = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=\s*(.*?)\s*", re.DOTALL)


def read(text: str) -> dict[str, str] | None:
    """The values by tag, in their order; None where it isn't such a list or a tag comes twice."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        tag = _TAG.fullmatch(part)
        if tag is None or tag[1] in found:
            return None
        found[tag[1]] = tag[2]
    return found
