"""The network that somebody comes from, told apart from others without keeping its address."""

import functools
import ipaddress

from django.utils.crypto import salted_hmac

_PREFIX = {4: 24, 6: 48}  # what a provider or a firm usually has to itself
_TAG_LENGTH = 32
UNKNOWN = ""


@functools.lru_cache(maxsize=1024)
def tag_of(address: str) -> str:
    """A keyed hash of the network that the address lies in; UNKNOWN for what is no address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return UNKNOWN
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    network = ipaddress.ip_network((ip, _PREFIX[ip.version]), strict=False)
    return salted_hmac("tryggve.accounts.networks", str(network)).hexdigest()[:_TAG_LENGTH]
