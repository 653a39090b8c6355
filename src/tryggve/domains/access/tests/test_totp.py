"""Codes by RFC 6238: its own examples, a clock that goes wrong, and a code that comes twice."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.access.engine import totp

RFC = base64.b32encode(b"12345678901234567890").decode()
SECRET = totp.new_secret()
AT = 1_772_438_400.0  # the beginning of a half minute


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(at: int, code: str) -> None:
    """Appendix B, its last six digits."""
    assert totp.code_of(RFC, totp.step_at(at)) == code


@pytest.mark.parametrize("begun", [0.0, 15.0, 29.9])
@pytest.mark.parametrize(("drift", "counts"), [(0, True), (30, True), (-30, True), (90, False), (-90, False)])
def test_telephone_whose_clock_is_half_a_minute_wrong_still_works(
    begun: float, drift: int, counts: bool
) -> None:
    shown = totp.code_of(SECRET, totp.step_at(AT + begun + drift))
    found = totp.step_of(SECRET, shown, at=AT + begun, after=None)
    assert found == (totp.step_at(AT + drift) if counts else None)


@pytest.mark.parametrize("wait", [0, 1, 30, 59])
def test_used_code_does_not_count_again_in_its_whole_window(wait: int) -> None:
    step = totp.step_at(AT)
    assert totp.step_of(SECRET, totp.code_of(SECRET, step), at=AT + wait, after=step) is None


def test_code_older_than_the_used_one_does_not_count() -> None:
    step = totp.step_at(AT)
    assert totp.step_of(SECRET, totp.code_of(SECRET, step - 1), at=AT, after=step) is None
    assert totp.step_of(SECRET, totp.code_of(SECRET, step + 1), at=AT, after=step) == step + 1


def test_code_may_be_typed_with_the_space_that_telephones_show() -> None:
    code = totp.code_of(SECRET, totp.step_at(AT))
    assert totp.step_of(SECRET, f" {code[:3]} {code[3:]} ", at=AT, after=None) == totp.step_at(AT)


@given(st.text())
def test_anything_else_is_no_code(typed: str) -> None:
    near = {totp.code_of(SECRET, totp.step_at(AT) + off) for off in (-1, 0, 1)}
    if "".join(typed.split()) not in near:
        assert totp.step_of(SECRET, typed, at=AT, after=None) is None


def test_secrets_are_long_and_differ() -> None:
    assert (len(SECRET), len({totp.new_secret() for _time in range(50)})) == (32, 50)


def test_address_for_the_telephone_holds_secret_and_firm_in_any_letters() -> None:
    address = urlsplit(totp.address_of(SECRET, account="åsa+1@example.se", issuer="Åsas & Bo: Snickeri"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert parse_qs(address.query) == {"secret": [SECRET], "issuer": ["Åsas & Bo: Snickeri"]}
