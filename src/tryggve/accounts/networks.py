"""The network that somebody comes from, told apart from others without keeping its address; what is known of it."""

import functools
import ipaddress
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from tryggve.accounts import addresses

_PREFIX = {4: 24, 6: 48}  # what a provider or a firm usually has to itself
_TAG_LENGTH = 32
UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Network:
    """A network by its tag, and what the firm's address file says of it; None: unknown."""

    tag: str
    country: str | None = None
    is_hosting: bool | None = None


def network_of(address: str) -> Network:
    """The network that the address lies in; reads the address file."""
    place = addresses.place_of(address)
    return Network(tag_of(address), place.country, place.is_hosting)


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
