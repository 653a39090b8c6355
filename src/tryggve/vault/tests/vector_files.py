"""Test vectors, computed apart from the product's code. The files are the truth: other programs can use them."""

import json
from pathlib import Path
from typing import Any


def of(notion: str) -> list[dict[str, Any]]:
    """The vectors for one notion, from the file of that name."""
    read: list[dict[str, Any]] = json.loads(
        (Path(__file__).parent / "vectors" / f"{notion}.json").read_text()
    )
    return read


def name(vector: dict[str, Any]) -> str:
    """What a test calls a vector."""
    return str(vector["name"])
