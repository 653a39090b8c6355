"""Names of domains and hosts: as people write them, and as the name service takes them."""

import re
from collections.abc import Collection

LONGEST = 253
_LABEL = re.compile(r"(?!.{64})[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_BEFORE_NAME = re.compile(r"[a-z][a-z0-9+.-]*://")
_AFTER_NAME = re.compile(r"[/?#:]")
# RFC 6761, RFC 8375 and what routers give out: these names mean something within one's own walls only.
_WITHIN_WALLS = {"localhost", "local", "internal", "intranet", "lan", "home", "arpa", "onion", "invalid"}


class NotAName(ValueError):
    """It is no name that the whole world could look up."""


def normalised(told: str) -> str:
    """``https://Åsas-Bod.se/om`` and ``info@åsas-bod.se`` become ``xn--sas-bod-dxa.se``. Raises NotAName."""
    begun = _BEFORE_NAME.sub("", told.strip().lower(), count=1)
    bare = _AFTER_NAME.split(begun, maxsplit=1)[0].rpartition("@")[2].removesuffix(".")
    try:
        name = bare.encode("idna").decode("ascii")
    except UnicodeError:
        raise NotAName from None
    labels = name.split(".")
    if len(labels) < 2 or len(name) > LONGEST or not all(_LABEL.fullmatch(label) for label in labels):
        raise NotAName
    if labels[-1] in _WITHIN_WALLS or labels[-1].isdigit():
        raise NotAName
    return name


def shown(name: str) -> str:
    """The name as people write it, with å, ä, ö, æ and ø."""
    try:
        return name.encode("ascii").decode("idna")
    except UnicodeError:
        return name


def own_domain_of(address: str, *, lent: Collection[str]) -> str | None:
    """The domain of a mail address, unless it is one that everybody is ``lent`` addresses in."""
    try:
        name = normalised(address) if "@" in address else ""
    except NotAName:
        return None
    return name if name and name not in lent else None


def is_within(name: str, domain: str) -> bool:
    """Whether the name is the domain or lies under it."""
    return name == domain or name.endswith("." + domain)
