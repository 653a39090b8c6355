"""The house is as drawn: no room but those in the plan, none empty, and none outside the contracts."""

import tomllib
from pathlib import Path

from tools import tree

ROOMS = {
    *("config", "domains", "controls", "routines", "privacy", "notices", "ui", "accounts"),
    *("audit", "vault", "supervisor", "lib"),
}
DOMAINS = {
    *("setup", "access", "customers", "rights", "outreach", "protection", "datamap", "rooms", "watch"),
    *("incidents", "crisis", "risks", "policies", "inventory", "suppliers", "training", "backups"),
    *("exposure", "passwords", "fraud"),
}
AT_THE_ROOT = {"bench", "client", "docs", "locale", "requirements", "src", "tests", "tools"}


def folders(place: Path) -> set[str]:
    hidden = ("_", ".")
    return {path.name for path in place.iterdir() if path.is_dir() and not path.name.startswith(hidden)}


def test_rooms_on_disk_are_drawn() -> None:
    assert folders(tree.PACKAGE) - ROOMS == set()


def test_domains_on_disk_are_drawn() -> None:
    assert folders(tree.PACKAGE / "domains") - DOMAINS == set()


def test_folders_at_the_root_are_drawn() -> None:
    assert folders(tree.ROOT) - tree.BUILT - AT_THE_ROOT == set()


def test_no_room_is_empty() -> None:
    places = [tree.PACKAGE / room for room in folders(tree.PACKAGE)]
    places += [tree.PACKAGE / "domains" / domain for domain in folders(tree.PACKAGE / "domains")]
    lines = {
        str(place): sum(len(path.read_text()) for path in tree.files("*.py", below=place)) for place in places
    }
    assert [place for place, length in lines.items() if not length] == []


def test_every_room_stands_on_a_floor() -> None:
    """A room that the layers don't name would be held by no contract."""
    contracts = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"] == "Imports point down")
    floors = {name.strip(" ()").removeprefix("tryggve.") for layer in layers for name in layer.split("|")}
    assert floors == folders(tree.PACKAGE)
