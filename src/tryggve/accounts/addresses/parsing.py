"""Reading the files that firms get elsewhere; runs in a child that can do nothing else.

Both give what JSON can say: a head, then parts of ``[version, [[first, last, label], ...]]``, in order.
"""

import functools
import ipaddress
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any, BinaryIO

from maxminddb.const import MODE_FD
from maxminddb.errors import InvalidDatabaseError
from maxminddb.reader import Reader

from tryggve.accounts.addresses.places import HOSTING
from tryggve.accounts.addresses.table import Range

_RANGES_A_PART = 2_000
_LONGEST_LINE = 200
_MOST_LINES = 2_000_000
_A_COUNTRY = 2  # letters (ISO 3166-1 alpha-2)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class _Countries(Reader):
    """Many networks share a record: each is opened once."""

    @functools.cache  # noqa: B019 - lives as long as the process
    def _resolve_data_pointer(self, pointer: int) -> Any:
        return super()._resolve_data_pointer(pointer)


def countries_in(stream: BinaryIO) -> Iterator[Any]:
    """The countries of a MaxMind DB file (format 2), as GeoLite2-Country and DB-IP Country Lite are."""
    try:
        reader = _Countries(stream, MODE_FD)
        yield {"made": int(reader.metadata().build_epoch)}
        yield from _parts(_labelled((network, _country(record)) for network, record in reader))
    except (InvalidDatabaseError, ValueError, TypeError):
        yield {"fault": "no-database"}


def hosting_in(stream: BinaryIO) -> Iterator[Any]:
    """A list of networks, one a line (CIDR, RFC 4632 and RFC 4291), with ``#`` before what isn't meant for us."""
    networks: list[Network] = []
    for number in range(1, _MOST_LINES + 1):
        line = stream.readline(_LONGEST_LINE)
        if not line:
            break
        said = line.partition(b"#")[0].strip()
        if not said:
            continue
        try:
            networks.append(ipaddress.ip_network(said.decode("ascii"), strict=False))
        except ValueError:
            yield {"fault": "no-network", "line": number}
            return
    else:
        yield {"fault": "too-long"}
        return
    yield {"made": None}
    for version in (4, 6):
        own: Any = [network for network in networks if network.version == version]
        yield from _parts(_labelled((network, HOSTING) for network in ipaddress.collapse_addresses(own)))


def rehearse() -> None:
    """What Python loads only when it is first used is used here, before the child is sealed off."""
    list(ipaddress.collapse_addresses([ipaddress.IPv4Network("198.51.100.0/24")]))
    "a".encode("ascii").decode("ascii").encode("utf-8")


def _country(record: Any) -> str:
    told = record.get("country") if isinstance(record, dict) else None
    code = told.get("iso_code") if isinstance(told, dict) else None
    is_code = isinstance(code, str) and len(code) == _A_COUNTRY and code.isascii() and code.isupper()
    return str(code) if is_code else ""


def _labelled(networks: Iterable[tuple[Network, str]]) -> Iterator[tuple[int, Range]]:
    for network, label in networks:
        if label:
            first = int(network.network_address)
            yield network.version, (first, first + network.num_addresses - 1, label)


def _parts(ranges: Iterable[tuple[int, Range]]) -> Iterator[Any]:
    for version, same in groupby(ranges, key=lambda one: one[0]):
        joined = _joined(one for _version, one in same)
        while part := list(islice(joined, _RANGES_A_PART)):
            yield [version, part]


def _joined(ranges: Iterable[Range]) -> Iterator[Range]:
    """Neighbours of which the same is said become one."""
    held: Range | None = None
    for first, last, label in ranges:
        if held is not None and (held[1] + 1, held[2]) == (first, label):
            held = (held[0], last, label)
            continue
        if held is not None:
            yield held
        held = (first, last, label)
    if held is not None:
        yield held
