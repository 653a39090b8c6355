from dataclasses import FrozenInstanceError, replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.vault.binding import encode_fields
from tryggve.vault.tests.cast import CILLAS_DETAILS


@given(st.lists(st.binary(max_size=12), max_size=6), st.lists(st.binary(max_size=12), max_size=6))
def test_encode_fields_of_different_fields_differs(some: list[bytes], others: list[bytes]) -> None:
    assert (encode_fields(*some) == encode_fields(*others)) == (some == others)


def test_encode_fields_keeps_borders_between_fields() -> None:
    assert encode_fields(b"ab", b"c") != encode_fields(b"a", b"bc")


@pytest.mark.parametrize(
    "wrong",
    [
        {"type_name": ""},
        {"part": "detials"},
        {"compartment": "secret"},
        {"revision": -1},
        {"revision": 2**64},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_binding_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"a (binding|revision)"):
        replace(CILLAS_DETAILS, **wrong)


def test_binding_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        CILLAS_DETAILS.record = uuid4()  # type: ignore[misc] # what the test is about
