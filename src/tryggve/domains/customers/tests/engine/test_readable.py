import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.readable.sought import Sought
from tryggve.domains.customers.engine.readable.spellings import spellings, spellings_of_bytes

_WORD = "Kvå0123456789abcdef"
_ANYTHING = st.binary(max_size=40)


def _found(content: bytes) -> list[str]:
    return list(Sought({"word": spellings(_WORD)}).found_in(content))


@given(before=_ANYTHING, after=_ANYTHING)
def test_word_is_found_in_base64_wherever_it_begins(before: bytes, after: bytes) -> None:
    whole = before + _WORD.encode() + after
    assert _found(base64.b64encode(whole)) == ["word"]
    assert _found(base64.urlsafe_b64encode(whole)) == ["word"]


@pytest.mark.parametrize(
    "written",
    [
        _WORD.encode(),
        _WORD.upper().encode(),
        _WORD.encode("utf-16-le"),
        _WORD.encode("utf-16-be"),
        _WORD.encode("cp1252"),
        json.dumps(_WORD).encode(),
        _WORD.encode().hex().encode(),
        b"kva0123456789abcdef",
    ],
)
def test_word_is_found_in_every_spelling(written: bytes) -> None:
    assert _found(b"\x00\xff" + written + b"\x80") == ["word"]


@given(st.binary(max_size=2000))
def test_word_is_not_found_where_it_isnt(content: bytes) -> None:
    assert _found(content) == []


@given(secret=st.binary(min_size=32, max_size=32), before=_ANYTHING)
def test_secret_is_found_as_it_is_and_wrapped(secret: bytes, before: bytes) -> None:
    sought = Sought({"key": spellings_of_bytes(secret)})
    for form in (
        secret,
        secret.hex().encode(),
        secret.hex().upper().encode(),
        base64.b64encode(before + secret),
    ):
        assert list(sought.found_in(before + form)) == ["key"]


@given(before=_ANYTHING, after=_ANYTHING)
def test_address_is_found_with_anything_beside_it(before: bytes, after: bytes) -> None:
    sought = Sought({}, [b"cilla@example.se", b"dan@example.dk"])
    assert list(sought.found_in(before + b"Cilla@Example.SE" + after)) == ["address"]
    assert list(sought.found_in(before + "dan@example.dk".encode("utf-16-le") + after)) == ["address"]


def test_other_addresses_at_the_same_place_are_not_found() -> None:
    sought = Sought({}, [b"cilla@example.se"])
    assert list(sought.found_in(b"anna@example.se bo@example.dk cilla@ example.se @")) == []


def test_overlap_covers_the_longest_that_is_sought() -> None:
    sought = Sought({"a": [b"123456", b"12345678"]}, [b"a@b.se"])
    assert sought.overlap_bytes == 12
    assert Sought({}).overlap_bytes == 0
