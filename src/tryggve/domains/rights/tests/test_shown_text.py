"""What a page says is read as a person reads it, whatever stands in it."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.rights.engine import shown_text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]))))
def test_words_come_out_as_they_were_written(texts: list[str]) -> None:
    page = "".join(f"<p class='a'>{escape(text)}</p>" for text in texts)
    assert shown_text.words_of_page(f"<body>above<main>{page}</main>below") == " ".join(texts).split()


@pytest.mark.parametrize(
    "unread",
    [
        "<nav>Svenska</nav>",
        "<script>1 < 2</script>",
        "<style>p {}</style>",
        "<template>x</template>",
        "<!-- x -->",
    ],
)
def test_what_nobody_reads_is_left_out(unread: str) -> None:
    assert shown_text.words_of_page(f"<main>one {unread} two</main>") == ["one", "two"]


def test_words_of_two_paragraphs_are_two() -> None:
    assert shown_text.words_of_page("<main><p>one</p><p>two</p></main>") == ["one", "two"]


@given(st.text())
def test_any_page_is_read_without_a_fault(page: str) -> None:
    shown_text.words_of_page(page)
