"""What a proxy in front says of who comes, believed only of proxies that the firm named (TRYGGVE_TRUSTED_PROXIES)."""

import ipaddress
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_SCHEMES = {"http", "https"}


class TrustedProxies:
    """Put address, scheme and host in order before anybody asks for them.

    Headers of the kind from elsewhere are left as they came; nothing reads them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        trusted: tuple[Network, ...] = settings.TRUSTED_PROXIES
        if trusted and _is_within(_address(request.META.get("REMOTE_ADDR", "")), trusted):
            _believe(request, trusted)
        return self.get_response(request)


def _believe(request: HttpRequest, trusted: Iterable[Network]) -> None:
    told = request.META.get("HTTP_X_FORWARDED_FOR", "")
    request.META["REMOTE_ADDR"] = client_of(told, proxy=request.META["REMOTE_ADDR"], trusted=trusted)
    scheme = _last(request.META.get("HTTP_X_FORWARDED_PROTO", ""))
    if scheme in _SCHEMES:
        request.META["wsgi.url_scheme"] = scheme
    if host := _last(request.META.get("HTTP_X_FORWARDED_HOST", "")):
        request.META["HTTP_HOST"] = host


def client_of(told: str, *, proxy: str, trusted: Iterable[Network]) -> str:
    """The nearest address that is no proxy of ours: what stands left of it was written by whoever comes."""
    nearest = proxy
    for one in reversed(told.split(",")):
        address = _address(one.strip())
        if address is None:
            return nearest
        nearest = str(address)
        if not _is_within(address, trusted):
            return nearest
    return nearest


def _is_within(address: Address | None, networks: Iterable[Network]) -> bool:
    return address is not None and any(address in network for network in networks)


def _address(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _last(told: str) -> str:
    """Of several proxies the nearest one's word."""
    return told.rpartition(",")[2].strip()
