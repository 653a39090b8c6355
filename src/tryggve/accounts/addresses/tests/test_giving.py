"""A file from elsewhere is understood or refused; after a refusal all is as before."""

import os
import stat
from io import BytesIO
from pathlib import Path

import pytest

from tests import address_files
from tests.cast import NOW
from tryggve.accounts import addresses
from tryggve.accounts.addresses import giving, parsing, places
from tryggve.audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_addresses")]
COUNTRIES = {
    "2.64.0.0/16": "SE",
    "2.65.0.0/16": "SE",
    "2.104.0.0/13": "DK",
    "2001:9b0::/32": "SE",
    "2a00:7660::/32": "DK",
}
HOSTING = b"# what rents out computers\n5.9.0.0/16\n5.10.0.0/15 # theirs too\n\n2a01:4f8::/32\n"


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "given"
    path.write_bytes(content)
    return path


def _give_countries(folder: Path, content: bytes) -> int:
    return giving.give_countries(path=_file(folder, content), actor="machine:anna", at=NOW)


def _give_hosting(folder: Path, content: bytes) -> int:
    return giving.give_hosting(path=_file(folder, content), actor="machine:anna", at=NOW)


def test_database_of_countries_is_known_from_then_on(tmp_path: Path) -> None:
    assert addresses.place_of("2.64.1.1").country is None
    assert _give_countries(tmp_path, address_files.mmdb(COUNTRIES)) == 4  # neighbours in one country are one
    met = {ip: addresses.place_of(ip).country for ip in ("2.64.0.0", "2.65.255.255", "2.104.0.1", "2.66.0.0")}
    assert met == {"2.64.0.0": "SE", "2.65.255.255": "SE", "2.104.0.1": "DK", "2.66.0.0": None}
    assert addresses.place_of("2001:9b0::1").country == "SE"
    assert addresses.place_of("2a00:7660:ffff:ffff::").country == "DK"


def test_list_of_hosting_companies_is_known_from_then_on(tmp_path: Path) -> None:
    assert addresses.place_of("5.9.1.1").is_hosting is None
    assert _give_hosting(tmp_path, HOSTING) == 2  # of IPv4 they touch
    met = [addresses.place_of(ip).is_hosting for ip in ("5.9.1.1", "5.11.255.255", "5.12.0.0", "2a01:4f8::9")]
    assert met == [True, True, False, True]


@pytest.mark.parametrize("address", ["::ffff:2.64.1.1", "::ffff:0240:0101"])
def test_ipv4_address_in_ipv6_is_the_same(tmp_path: Path, address: str) -> None:
    _give_countries(tmp_path, address_files.mmdb(COUNTRIES))
    assert addresses.place_of(address).country == "SE"


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "192.168.1.9", "127.0.0.1", "::1", "fd00::1", "", "x", "2.64.1"]
)
def test_own_network_and_no_address_are_nowhere(tmp_path: Path, address: str) -> None:
    """Also where the file says something of it."""
    _give_countries(tmp_path, address_files.mmdb({"0.0.0.0/1": "SE", "128.0.0.0/1": "DK"}))
    _give_hosting(tmp_path, b"0.0.0.0/0\n::/0\n")
    assert addresses.place_of("8.8.8.8") == addresses.Place("SE", is_hosting=True)
    assert addresses.place_of(address) == addresses.NOWHERE


def test_tables_are_for_their_owner_alone_and_given_in_place_of_older_ones(tmp_path: Path) -> None:
    for code in ("SE", "DK"):
        _give_countries(tmp_path, address_files.mmdb({"2.64.0.0/16": code}))
        assert addresses.place_of("2.64.0.1").country == code
    folder = places.countries_path().parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "countries": 0o600,
        "lock": 0o600,
    }


def _without_node_count() -> bytes:
    return address_files.mmdb(COUNTRIES).replace(b"node_count", b"node_cound")


GOOD = address_files.mmdb(COUNTRIES)
BAD = {
    "empty": b"",
    "a list of customers": b"Name;City\nCilla;Lund\n",
    "cut": GOOD[: len(GOOD) // 2],
    "without its end": GOOD[:-40],
    "without its beginning": GOOD[400:],
    "without a count": _without_node_count(),
    "of nothing": address_files.mmdb({}),
    "no country in it": GOOD.replace(b"iso_code", b"iso_kode"),
    "codes that are none": GOOD.replace(b"SE", b"s\x00").replace(b"DK", b"12"),
    "records beyond the end": b"\xff" * 4 + GOOD[4:],
    "node that leads back": b"\0" * 8 + GOOD[8:],
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_bad_database_gives_a_fault_or_no_country(content: bytes) -> None:
    """Here without a child: of one that died of it the next test knows."""
    try:
        said = list(parsing.countries_in(BytesIO(content)))
    except (RecursionError, AttributeError):
        return
    assert said[-1] == {"fault": "no-database"} or said == [{"made": 1_770_000_000}]


@pytest.mark.parametrize(
    "name", ["empty", "a list of customers", "cut", "of nothing", "node that leads back"]
)
def test_bad_database_is_refused_and_nothing_is_changed(tmp_path: Path, name: str) -> None:
    _give_countries(tmp_path, address_files.mmdb({"2.64.0.0/16": "NO"}))
    before = places.countries_path().read_bytes()
    with pytest.raises(giving.NotUnderstood, match="Nothing was changed"):
        _give_countries(tmp_path, BAD[name])
    assert places.countries_path().read_bytes() == before
    assert Entry.objects.filter(action="accounts.addresses-given").count() == 1


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"5.9.0.0/16\n5.9.0.0/33\n", "Line 2"),
        (b"# x\n\nexample.com\n", "Line 3"),
        ("5.9.0.0/16 å\n".encode(), "Line 1"),
        (b"\x00" * 500, "Line 1"),
        (b"1;2;3", "Line 1"),
    ],
)
def test_bad_line_of_a_list_is_named_and_nothing_is_changed(
    tmp_path: Path, content: bytes, line: str
) -> None:
    with pytest.raises(giving.NotUnderstood, match=line):
        _give_hosting(tmp_path, content)
    assert not places.hosting_path().exists()


@pytest.mark.parametrize("content", [b"", b"# nothing but words\n"])
def test_list_of_nothing_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(giving.NotUnderstood):
        _give_hosting(tmp_path, content)


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none", tmp_path, tmp_path / "pipe"):
        with pytest.raises(giving.NotReadable, match="Nothing was changed"):
            giving.give_countries(path=path, actor="machine:anna", at=NOW)


@pytest.mark.parametrize("keep", [0, 10, 60, -1])
def test_damaged_table_is_as_none(tmp_path: Path, keep: int) -> None:
    _give_countries(tmp_path, GOOD)
    path = places.countries_path()
    path.write_bytes(path.read_bytes()[:keep])
    assert addresses.place_of("2.64.1.1").country is None
    assert addresses.standing() == addresses.Standing(None, None)


def test_forgotten_is_as_before(tmp_path: Path) -> None:
    assert giving.forget(actor="machine:anna", at=NOW) is False
    _give_countries(tmp_path, GOOD)
    _give_hosting(tmp_path, HOSTING)
    assert giving.forget(actor="machine:anna", at=NOW) is True
    assert addresses.place_of("5.9.1.1") == addresses.NOWHERE
    assert [entry.action for entry in Entry.objects.order_by("pk")] == [
        "accounts.addresses-given",
        "accounts.addresses-given",
        "accounts.addresses-forgotten",
    ]
    first = Entry.objects.order_by("pk")[0]
    assert first.facts == {"kind": "countries", "networks": 4}
