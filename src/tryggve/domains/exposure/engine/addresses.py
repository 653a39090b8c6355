"""Which addresses may be called: those of the whole world, and none within anybody's walls."""

import ipaddress

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the old address stands in the last 32 bits
_OLD_BITS = 0xFFFFFFFF


def is_public(address: str) -> bool:
    """Whether the address can be anybody's but one's own network's; one within another counts as the inner one."""
    try:
        told = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(told, ipaddress.IPv6Address):
        return _is_public_v6(told)
    return told.is_global and not told.is_multicast


def is_loopback(address: str) -> bool:
    """Whether it means this computer itself."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _is_public_v6(told: ipaddress.IPv6Address) -> bool:
    if told.ipv4_mapped or told.sixtofour or told.teredo or told.scope_id:
        return False  # none of them is a website's
    if told in _TRANSLATED:
        return is_public(str(ipaddress.IPv4Address(int(told) & _OLD_BITS)))
    return told.is_global and not told.is_multicast
