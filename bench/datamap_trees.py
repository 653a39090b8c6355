"""Whole folders of invented text."""

from pathlib import Path

from bench.mess import corpora

_IN_A_FOLDER = 100
_MB, _MOST_OF_A_TEXT = 1_000_000, 2.0


def write_tree(folder: Path, files: int, megabytes: float) -> None:
    """So many files, a hundred to a folder, with that much of the three texts in all; no two are the same."""
    size = int(megabytes * _MB / files)
    texts = [corpora.corpus(name, min(megabytes / 3, _MOST_OF_A_TEXT))[0] for name in corpora.NAMES]
    for number in range(files):
        text = texts[number % len(texts)]
        at = number // len(texts) * size % len(text)
        content = text[at : at + size]
        while len(content) < size:
            content += text[: size - len(content)]
        place = (
            folder / f"{number // _IN_A_FOLDER:03}" / f"{number:05}{'.csv' if number % 3 == 1 else '.txt'}"
        )
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"%d\n" % number + content)
