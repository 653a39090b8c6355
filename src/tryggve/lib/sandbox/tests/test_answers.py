"""Answers are foreign bytes too: whatever comes, it is values, an end or a reason."""

import json
import os
import subprocess
import sys
import threading
import tracemalloc
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.lib.sandbox import answers
from tryggve.lib.sandbox.answers import MOST_LINE_BYTES, Failed

_SOURCES = Path(__file__).parents[4]
_POOR = """
import resource, tempfile
from tryggve.lib.sandbox import answers
with tempfile.TemporaryFile() as words, open("/proc/self/statm") as statm:
    words.write(b'["value",1]\\n["value",[' + b"[]," * 300_000 + b"[]]]\\n")
    words.seek(0)
    most = int(statm.read().split()[0]) * resource.getpagesize() + 8 * answers.MOST_LINE_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    values = answers.values(words.fileno(), wall_seconds=60, most_bytes=10**9)
    try:
        print(next(values), end=" ")
        next(values)
    except answers.Failed as failed:
        print(failed.reason)
"""
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


def test_value_up_to_the_limit_of_a_line_is_heard_and_none_beyond() -> None:
    """Where a line ends within what is read at once is chance; the limit isn't."""
    most = "x" * (MOST_LINE_BYTES - len(_said(["value", ""])) + 1)
    assert _heard(_said(["value", 1], ["value", most], ["value", most], ["end"])) == [1, most, most]
    for beyond in (_said(["value", most + "x"], ["end"]), b"x" * (MOST_LINE_BYTES + 1)):
        with pytest.raises(Failed, match="output"):
            _heard(beyond)


@pytest.mark.parametrize("nested", ["{}", "[" * 900 + "]" * 900, '{"":' * 800 + "0" + "}" * 800, "[[]]"])
def test_answer_of_a_line_takes_less_than_sixty_times_its_bytes(nested: str) -> None:
    line = f'["value",[{",".join([nested] * ((MOST_LINE_BYTES - 12) // (len(nested) + 1)))}]]\n'.encode()
    tracemalloc.start()
    try:
        assert len(_heard(line + _said(["end"]))) == 1
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 60 * MOST_LINE_BYTES


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much it has")
def test_line_that_memory_does_not_hold_is_told_as_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _POOR], env={"PYTHONPATH": str(_SOURCES)}, check=True, stdout=subprocess.PIPE
    )
    assert done.stdout == b"1 memory\n"


def test_words_without_an_end_are_no_answer() -> None:
    with pytest.raises(EOFError):
        _heard(_said(["value", 1]))


def test_words_up_to_the_limit_are_heard_and_none_beyond() -> None:
    words = _said(["value", "x" * 100], ["end"])
    assert _heard(words, most_bytes=len(words)) == ["x" * 100]
    with pytest.raises(Failed, match="output"):
        _heard(words, most_bytes=len(words) - 1)
