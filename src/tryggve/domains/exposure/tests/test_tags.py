import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.exposure.engine import tags

# As RFC 6376 §3.2 writes one, spaces around each part.
_TAG = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=\s*(.*?)\s*", re.DOTALL)


def _by_grammar(text: str) -> dict[str, str] | None:
    parts = [_TAG.fullmatch(part) for part in text.split(";") if part.strip()]
    found = {tag[1]: tag[2] for tag in parts if tag}
    return found if len(found) == len(parts) else None


@given(st.text(alphabet=" \t\n=;ab_1\u00e5\u00a0", max_size=40))
def test_a_list_is_read_as_the_grammar_has_it(text: str) -> None:
    assert tags.read(text) == _by_grammar(text)


@pytest.mark.parametrize("space", [" ", "\n ", "\t"])
def test_a_value_full_of_spaces_is_read(space: str) -> None:
    value = f"x{space * 200_000}y"

    assert tags.read(f"a={value}; b = 2") == {"a": value, "b": "2"}
