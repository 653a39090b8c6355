"""Where the parts of the repository lie, and which files belong to it."""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tryggve"
BUILT = {"_built", "__pycache__", "build", "dist", "node_modules"}


def files(*patterns: str, below: Path = ROOT) -> Iterator[Path]:
    """Files whose name fits one of the patterns, in order, without what is built, fetched or cached."""
    for folder, folders, names in os.walk(below):
        folders[:] = sorted(name for name in folders if name not in BUILT and not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            if any(path.match(pattern) for pattern in patterns):
                yield path


def shown(path: Path) -> str:
    """The path as a reader of a message looks for it."""
    return str(path.relative_to(ROOT))
