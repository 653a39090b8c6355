import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "content"


def read(subject: str, name: str) -> dict[str, Any]:
    """What ``content/<subject>/<name>.toml`` says. Raises FileNotFoundError."""
    with (FOLDER / subject / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def names(subject: str) -> list[str]:
    """The names of the files about a subject, in order."""
    return sorted(path.stem for path in (FOLDER / subject).glob("*.toml"))
