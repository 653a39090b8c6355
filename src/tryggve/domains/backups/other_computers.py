"""Whether a name or an address is another computer than this one."""

import ipaddress
import socket


def is_other(host: str) -> bool:
    """As far as it can be seen without asking anybody; a name that isn't known here is another's. False for none."""
    name = host.strip("[]").casefold().rstrip(".")
    if not name or name in {"localhost", socket.gethostname().casefold()} or name.endswith(".localhost"):
        return False
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return True
    return not (address.is_loopback or address.is_unspecified)
