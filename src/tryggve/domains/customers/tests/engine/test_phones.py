import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.values.phones import Country, is_phone, phone_key, phones_in


@pytest.mark.parametrize(
    ("written", "country", "key"),
    [
        ("070-174 06 05", "SE", "701740605"),
        ("+46 70 174 06 05", "SE", "701740605"),
        ("+46 (0)70-174 06 05", "SE", "701740605"),
        ("+46070-1740605", "SE", "701740605"),
        ("0046701740605", "SE", "701740605"),
        ("46701740605", "SE", "701740605"),
        ("701740605", "SE", "701740605"),
        ("070-174 06 05 ankn. 12", "SE", "701740605"),
        ("Mobil: 070-1740605", "SE", "701740605"),
        ("+45 12 34 56 78", "SE", "4512345678"),
        ("12 34 56 78", "DK", "12345678"),
        ("+45 12345678", "DK", "12345678"),
        ("4512345678", "DK", "12345678"),
        ("45123456", "DK", "45123456"),
        ("+47 02 00 00 00", "NO", "02000000"),
        ("0047 22 00 00 00", "NO", "22000000"),
        ("040 123 4567", "FI", "401234567"),
        ("+358 40 123 4567", "FI", "401234567"),
        ("+46 70 174 06 05", "NO", "46701740605"),
        ("", "SE", ""),
    ],
)
def test_phone_key_is_the_same_however_it_is_written(written: str, country: Country, key: str) -> None:
    assert phone_key(written, country) == key


@pytest.mark.parametrize(
    "written",
    [
        "12345",
        "070-1740605",
        "(08) 465 004 00",
        "08/465 004 00",
        "+46.70.174.06.05",
        "tel:+46701740605",
        "08‑465\u00a000400",
    ],
)
def test_phone_is_accepted(written: str) -> None:
    assert is_phone(written)


@pytest.mark.parametrize(
    "written",
    ["", "1234", "1234567890123456", "anna@example.se", "7,017E+08", "070-174O6O5", "++46701740605", "-----"],
)
def test_phone_is_refused(written: str) -> None:
    assert not is_phone(written)


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("070-174 06 05", ("070-174 06 05",)),
        ("070-1740605; 08-465 004 00", ("070-1740605", "08-465 004 00")),
        ("070-1740605 / 08-465 004 00", ("070-1740605", "08-465 004 00")),
        ("070-1740605\n08-46500400, 031-3900600", ("070-1740605", "08-46500400", "031-3900600")),
        ("08/46500400", ("08/46500400",)),
        ("070-1740605;070-1740605", ("070-1740605",)),
        ("070-1740605; okänd", None),
    ],
)
def test_cell_may_hold_several_phones(cell: str, phones: tuple[str, ...] | None) -> None:
    assert phones_in(cell) == phones


@given(st.text(), st.sampled_from(["SE", "DK", "NO", "FI"]))
def test_key_holds_digits_only(text: str, country: Country) -> None:
    assert set(phone_key(text, country)) <= set("0123456789")
