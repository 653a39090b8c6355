"""A table answers for every address what stands in the list that it was made from."""

import ipaddress
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.accounts.addresses import table

_ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6))
_Networks = list[ipaddress.IPv4Network | ipaddress.IPv6Network]


def _network_around(ip: table.Address) -> "st.SearchStrategy[ipaddress.IPv4Network | ipaddress.IPv6Network]":
    lengths = st.integers(0, ip.max_prefixlen)
    return lengths.map(lambda length: ipaddress.ip_network(f"{ip}/{length}", strict=False))


def _edges(networks: _Networks) -> Iterator[table.Address]:
    """The first and the last of each, and those beside them."""
    for one in networks:
        kind, most = type(one.network_address), int(one.network_address.max_prefixlen)
        first, last = int(one[0]), int(one[-1])
        yield from (kind(at) for at in (first - 1, first, last, last + 1) if 0 <= at < 1 << most)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("table") / "table"


@given(st.lists(_ADDRESSES.flatmap(_network_around), max_size=12), st.lists(_ADDRESSES, max_size=12))
def test_table_says_of_every_address_what_the_list_says(
    path: Path, networks: _Networks, others: list[table.Address]
) -> None:
    ranges = {}
    for version in (4, 6):
        own: list[ipaddress.IPv4Network] = [one for one in networks if one.version == version]  # type: ignore[misc]  # or IPv6
        joined = ipaddress.collapse_addresses(own)
        ranges[version] = [(int(one[0]), int(one[-1]), "x") for one in joined]
    path.write_bytes(table.written(ranges, made=0))
    for ip in [*others, *_edges(networks)]:
        wanted = any(ip in one for one in networks if one.version == ip.version)
        assert (table.label_of(path, ip) == "x") is wanted


@pytest.mark.parametrize(
    "ranges",
    [
        [(5, 4, "SE")],
        [(5, 9, "SE"), (9, 12, "DK")],
        [(5, 9, "SE"), (1, 2, "DK")],
        [(-1, 2, "SE")],
        [(0, 1 << 32, "SE")],
    ],
)
def test_ranges_in_disorder_are_refused(ranges: list[table.Range]) -> None:
    with pytest.raises(ValueError, match="not in order"):
        table.written({4: ranges}, made=0)


@given(st.data())
def test_table_with_a_byte_changed_answers_or_is_unreadable(path: Path, data: st.DataObject) -> None:
    """Nothing else is raised, and no label that isn't in it is told."""
    whole = bytearray(table.written({4: [(5, 9, "SE"), (20, 30, "DK")], 6: [(1, 2, "NO")]}, made=0))
    whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole)
    for ip in (ipaddress.ip_address(7), ipaddress.IPv6Address(1)):
        try:
            assert len(table.label_of(path, ip)) <= 2
        except table.Unreadable:
            continue
