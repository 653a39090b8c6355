"""A sample tells its owner which one it is, and nobody else what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.kinds import KINDS, Kind
from tryggve.domains.datamap.engine.masking import masked


@pytest.mark.parametrize(
    ("kind", "value", "sample"),
    [
        (Kind.SE_PERSONNUMMER, "19850101-1236", "••••••••-••36"),
        (Kind.PHONE, "+46 70 123 45 67", "+•• •• ••• •• 67"),
        (Kind.EMAIL, "anna.ek@example.se", "a••••••@e••••••.se"),
        (Kind.PERSON, "Anna Ek", "A••• E•"),
        (Kind.ADDRESS, "Storgatan 5, 123 45 Lund", "S•••••••• •• ••• •• L•••"),
        (Kind.SECRET, "hunter2hunter2", "••••••••"),
        (Kind.SECRET, "x", "••••••••"),
        (Kind.EMAIL, "a@b.se", "•@•.se"),
        (Kind.SE_PLUSGIRO, "12-3", "••-•"),
        (Kind.SPECIAL, "sjukskriven", "sjukskriven"),
    ],
)
def test_sample_shows_the_shape_and_next_to_nothing_else(kind: Kind, value: str, sample: str) -> None:
    assert masked(kind, value) == sample


@given(
    st.sampled_from([kind for kind in KINDS if kind is not Kind.SPECIAL]),
    st.text("0123456789abcåö-@. ", min_size=6),
)
def test_no_sample_shows_more_than_a_letter_of_each_word_and_two_at_the_end(kind: Kind, value: str) -> None:
    shown = sum(letter.isalnum() for letter in masked(kind, value))
    words = len(value.replace("@", " ").replace(".", " ").split())
    assert shown <= words + 2 + len(value.rpartition(".")[2]) * (kind is Kind.EMAIL)
