"""Answers are foreign bytes too: whatever comes, it is values, an end or a reason."""

import json
import os
import threading
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.lib.sandbox import answers
from tryggve.lib.sandbox.answers import Failed

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def _heard(words: bytes, *, most_bytes: int = 10**9) -> list[Any]:
    reading, writing = os.pipe()

    def speak() -> None:
        with suppress(BrokenPipeError), os.fdopen(writing, "wb") as mouth:
            mouth.write(words)

    speaker = threading.Thread(target=speak)
    speaker.start()
    try:
        return list(answers.values(reading, wall_seconds=60, most_bytes=most_bytes))
    finally:
        os.close(reading)
        speaker.join()


def _said(*frames: Any) -> bytes:
    return b"".join(json.dumps(frame).encode() + b"\n" for frame in frames)


@given(st.lists(_JSON))
def test_every_value_arrives_as_it_was_said(values: list[Any]) -> None:
    assert _heard(_said(*(["value", value] for value in values), ["end"])) == values


@given(st.binary() | _JSON.map(_said) | st.lists(_JSON).map(lambda frames: _said(*frames)))
def test_no_words_bring_another_error_than_these(words: bytes) -> None:
    with suppress(Failed, EOFError):
        _heard(words)


def test_value_of_many_chunks_arrives_whole() -> None:
    long = "å" * 3_000_000
    assert _heard(_said(["value", long], ["value", 1], ["end"])) == [long, 1]


def test_words_without_an_end_are_no_answer() -> None:
    with pytest.raises(EOFError):
        _heard(_said(["value", 1]))


def test_words_up_to_the_limit_are_heard_and_none_beyond() -> None:
    words = _said(["value", "x" * 100], ["end"])
    assert _heard(words, most_bytes=len(words)) == ["x" * 100]
    with pytest.raises(Failed, match="output"):
        _heard(words, most_bytes=len(words) - 1)
