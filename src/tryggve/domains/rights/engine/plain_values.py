"""What is held about somebody, which is kept as JSON, as lines that a person reads."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def told(content: Any) -> list[str]:
    """A line for each thing; nothing for what is empty. Yes and no stand as the caller's words for True and False."""
    return [line for line in _lines(content) if line]


def _lines(content: Any) -> Iterator[str]:
    if content is None or content == "":
        return
    if isinstance(content, Mapping):
        yield ", ".join(filter(None, (" ".join(told(value)) for value in content.values())))
    elif isinstance(content, Sequence) and not isinstance(content, str):
        for one in content:
            yield " ".join(told(one)) if isinstance(one, Mapping | list | tuple) else str(one)
    else:
        yield str(content)
