"""Texts that nobody wrote for this: what installed packages say of themselves."""

from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

_MOST = 60
_FEWEST_BYTES, _MOST_BYTES = 1_000, 200_000
_ENDINGS = {"METADATA": ".md", ".md": "", ".rst": "", ".txt": "", ".html": ""}


def documents() -> Iterator[tuple[str, bytes]]:
    """Name and content, some of each part of the alphabet; the same as long as the same packages are installed."""
    texts = dict(_texts())
    for name in sorted(texts)[:: len(texts) // _MOST + 1]:
        yield name, texts[name]


def _texts() -> Iterator[tuple[str, bytes]]:
    for package in distributions():
        for file in package.files or ():
            ending = _ENDINGS.get(file.suffix or file.name)
            place = Path(file.locate())
            if ending is None or ".." in file.parts or not place.is_file():
                continue
            content = place.read_bytes()
            if _FEWEST_BYTES <= len(content) <= _MOST_BYTES:
                yield f"{package.name}/{'-'.join(file.parts)}{ending}", content
