import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.exposure.engine import addresses


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - told, not bound to
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "localhost",
        "127.1",
        "",
    ],
)
def test_an_address_within_walls_is_not_public(address: str) -> None:
    assert not addresses.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f::1", "64:ff9b::808:808"])
def test_an_address_of_the_world_is_public(address: str) -> None:
    assert addresses.is_public(address)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="192.168.0.0/16"))
def test_no_private_address_becomes_public_in_another_dress(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    dresses = [f"::ffff:{address}", str(ipaddress.IPv6Address((0x64FF9B << 96) | number))]

    assert not any(addresses.is_public(told) for told in (str(address), *dresses))
