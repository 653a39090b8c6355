"""Writing small files of the kind that firms get elsewhere: MaxMind DB, format 2.0."""

import ipaddress
from collections.abc import Mapping
from typing import Any

_MARKER = b"\xab\xcd\xefMaxMind.com"
_TEXT, _MAP, _LIST = 2, 7, 11
_UINT16, _UINT32, _UINT64 = 5, 6, 9


def mmdb(countries: Mapping[str, str], *, made: int = 1_770_000_000, **other: Any) -> bytes:
    """A database of countries by network (CIDR); ``other`` stands in the metadata in place of what is right."""
    codes = sorted(set(countries.values()))
    records = [_map({"country": _map({"iso_code": _text(code)})}) for code in codes]
    places = [sum(map(len, records[:number])) for number in range(len(codes))]
    nodes: list[list[int | None]] = [[None, None]]
    for network, code in countries.items():
        _hang(nodes, _bits(network), -1 - codes.index(code))
    size = len(nodes)
    tree = b"".join(
        b"".join(_reference(child, size, places).to_bytes(4, "big") for child in node) for node in nodes
    )
    return tree + bytes(16) + b"".join(records) + _MARKER + _metadata(size, made, other)


def _bits(network: str) -> str:
    """The way to it in a tree of IPv6, in which IPv4 lies at ::/96."""
    found = ipaddress.ip_network(network)
    ahead = 96 if found.version == 4 else 0
    return f"{int(found.network_address):0128b}"[: ahead + found.prefixlen]


def _hang(nodes: list[list[int | None]], bits: str, leaf: int) -> None:
    at = 0
    for bit in map(int, bits[:-1]):
        below = nodes[at][bit]
        if below is None or below < 0:
            nodes.append([below, below])
            below = nodes[at][bit] = len(nodes) - 1
        at = below
    nodes[at][int(bits[-1])] = leaf


def _reference(child: int | None, size: int, places: list[int]) -> int:
    if child is None:
        return size
    return child if child >= 0 else size + 16 + places[-1 - child]


def _metadata(nodes: int, made: int, other: Mapping[str, Any]) -> bytes:
    facts = {
        "binary_format_major_version": _number(_UINT16, 2),
        "binary_format_minor_version": _number(_UINT16, 0),
        "build_epoch": _number(_UINT64, made),
        "database_type": _text("Made-Country"),
        "description": _map({}),
        "ip_version": _number(_UINT16, 6),
        "languages": _control(_LIST, 0),
        "node_count": _number(_UINT32, nodes),
        "record_size": _number(_UINT16, 32),
    }
    return _map({**facts, **other})


def _control(kind: int, size: int) -> bytes:
    """A value's first bytes: its kind and size, in one byte or with the kind in the next."""
    assert size < 29
    return bytes([kind << 5 | size]) if kind < 8 else bytes([size, kind - 7])


def _text(said: str) -> bytes:
    raw = said.encode()
    return _control(_TEXT, len(raw)) + raw


def _number(kind: int, number: int) -> bytes:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return _control(kind, len(raw)) + raw


def _map(entries: Mapping[str, bytes]) -> bytes:
    return _control(_MAP, len(entries)) + b"".join(_text(key) + value for key, value in entries.items())
