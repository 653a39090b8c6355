"""The quarterly word on how data is protected, made of the sentences of ``content`` and of facts."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "content" / "protection_word"

Facts = Mapping[str, "str | int | Sequence[str]"]


def written(language: str, facts: Facts) -> tuple[str, str]:
    """Subject and text. A paragraph stands there when its fact isn't nothing; one of a list has a line for each.

    Raises KeyError for a fact that the sentences want, and FileNotFoundError for a language that has none.
    """
    content = sentences(language)
    parts = [part for told in content["parts"] for part in _part(told, facts)]
    return str(content["subject"]).format_map(facts), "\n\n".join(parts)


@cache
def sentences(language: str) -> Mapping[str, Any]:
    """The file of a language, as it stands."""
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def _part(told: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    name = told.get("when")
    fact = facts[name] if name else True
    if not fact:
        return
    text = told["one"] if fact == 1 and "one" in told else told["text"]
    lines = "".join(f"\n- {line}" for line in fact) if isinstance(fact, list | tuple) else ""
    yield str(text).strip().format_map(facts) + lines
