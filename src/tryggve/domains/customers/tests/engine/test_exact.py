from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.search.exact import Exact

WORDS = st.lists(st.sampled_from([b"", b"a", b"a@b", b"asa@example.se", b"\xff"]), max_size=20)


@given(WORDS)
def test_every_word_is_found_at_all_its_places(words: list[bytes]) -> None:
    exact = Exact((word, place) for place, word in enumerate(words))

    for asked in [b"", b"a", b"a@b", b"asa@example.se", b"\xff", b"nobody"]:
        assert list(exact.places(asked)) == [place for place, word in enumerate(words) if word == asked]
