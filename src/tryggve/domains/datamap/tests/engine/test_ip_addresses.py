from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.contacts import ip
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.tests.engine.looking import called, called_other, look

NONE, LOW, MEDIUM, HIGH = Confidence


def addresses(text: str) -> list[str]:
    return [value for _kind, value, _sure in look(ip.find, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("192.0.2.17", ["192.0.2.17"]),
        ("från 83.12.5.66, klockan 12:30:05", ["83.12.5.66"]),
        ("Adress: 83.12.5.66.", ["83.12.5.66"]),
        ("http://83.12.5.66:8080/x", ["83.12.5.66"]),
        ("bo@83.12.5.66", ["83.12.5.66"]),
        ("”83.12.5.66”", ["83.12.5.66"]),
        ("10.0.0.7/24", ["10.0.0.7"]),
        ("192.168.1.1-192.168.1.20", ["192.168.1.1", "192.168.1.20"]),
        ("83.12.5.66,83.12.5.67;83.12.5.68", ["83.12.5.66", "83.12.5.67", "83.12.5.68"]),
        ("2001:db8::1", ["2001:db8::1"]),
        ("IP:2001:db8::1.", ["2001:db8::1"]),
        ("(2001:DB8::A1)", ["2001:DB8::A1"]),
        ("2001:0db8:85a3:0000:0000:8a2e:0370:7334", ["2001:0db8:85a3:0000:0000:8a2e:0370:7334"]),
        ("[2001:db8::7]:443", ["2001:db8::7"]),
        ("fe80::1ff:fe23:4567:890a%eth0", ["fe80::1ff:fe23:4567:890a"]),
        ("fd12:3456:789a:1::1, 2a02:1b8:10::5", ["fd12:3456:789a:1::1", "2a02:1b8:10::5"]),
        ("2001:db8::5/64", ["2001:db8::5"]),
        ("12:30:05 2001:db8::5 -", ["2001:db8::5"]),
    ],
)
def test_addresses_are_found_whole(text: str, found: list[str]) -> None:
    assert addresses(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *(
            "v83.12.5.66",
            "v 83.12.5.66",
            "Version 83.12.5.66",
            "versionen: 83.12.5.66",
            "ver. 83.12.5.66",
            "build 83.12.5.66",
        ),
        *(
            "§ 83.12.5.66",
            "Firmware=83.12.5.66",
            "nginx/83.12.5.66",
            "OID 83.12.5.66",
            "pkg-83.12.5.66",
            "83.12.5.66-1ubuntu2",
            "83.12.5.66.tar",
        ),
        *(
            "1.2.3.4",
            "255.255.255.0",
            "0.0.7.7",
            "127.0.0.1",
            "224.0.0.251",
            "192.168.1.0/24",
            "256.1.1.1",
            "83.12.5.260",
        ),
        *(
            "83.012.5.66",
            "83.12.5.66.7",
            "7.83.12.5.66",
            "83.12.5",
            "1.234.567.890",
            "83.12.5.66x",
            "å83.12.5.66",
            "83,12,5,66",
        ),
        *(
            "::1",
            "::",
            "12:30:05",
            "00:1a:2b:3c:4d:5e",
            "a[1::2]",
            "std::vec2",
            "2001:db8::g",
            "2001:db8::/32",
            "2001::db8::1",
        ),
        *(
            "2001:db8:1:2:3:4:5:6:7",
            "2001:db8:1:2:3:4:5",
            "2001:db8:12345::1",
            "ff02::1",
            "1::2",
            "abc1::de",
            "x2001:db8::1",
            "",
        ),
    ],
)
def test_releases_masks_loopback_and_the_like_are_none(text: str) -> None:
    assert addresses(text) == []


def test_one_of_version_4_in_version_6_is_found_as_both() -> None:
    assert set(addresses("::ffff:192.0.2.1")) == {"::ffff:192.0.2.1", "192.0.2.1"}


@pytest.mark.parametrize(
    ("written", "other", "unsaid"),
    [
        ("83.12.5.66", LOW, MEDIUM),
        ("8.8.44.1", LOW, LOW),
        ("8.8.8.8", NONE, NONE),
        ("2001:db8::1", MEDIUM, HIGH),
    ],
)
def test_how_sure_one_is_follows_the_shape_and_what_the_text_says(
    written: str, other: Confidence, unsaid: Confidence
) -> None:
    for said, sure in ((called_other(Kind.IP), other), (None, unsaid), (called(Kind.IP), HIGH)):
        assert look(ip.find, written, said) == ([(Kind.IP, written, sure)] if sure else [])


@given(st.integers(int(IPv4Address("11.0.0.0")), int(IPv4Address("126.255.255.255"))).map(IPv4Address))
def test_every_public_address_of_version_4_is_found(address: IPv4Address) -> None:
    assert addresses(f"från {address} i dag") == [str(address)]


@given(st.integers(0x2000 << 112, (0x4000 << 112) - 1).map(IPv6Address))
def test_every_global_address_of_version_6_is_found_in_all_its_forms(address: IPv6Address) -> None:
    for written in (address.compressed, address.exploded, address.compressed.upper()):
        assert addresses(f"från {written} i dag") == [written]


@given(st.text("0123456789abcdef.:/-[]v \né", max_size=60))
def test_whatever_is_found_is_an_address(text: str) -> None:
    for value in addresses(text):
        assert (IPv6Address if ":" in value else IPv4Address)(value)
