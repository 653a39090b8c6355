"""Holds the lock files: every package has its hashes, and no file names the place it was fetched from."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import tree

_ADDRESS = re.compile(r"https?://|^\s*--(extra-)?index-url|^\s*--find-links|^\s*-[if] ", re.MULTILINE)
_PIN = re.compile(
    r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^ ;\\]+)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE
)


def pins(lock: Path) -> dict[str, str]:
    """Package and version of a Python lock; the same package twice (by marker) keeps both versions."""
    found: dict[str, str] = {}
    for pin in _PIN.finditer(lock.read_text()):
        known = found.get(pin["name"])
        found[pin["name"]] = f"{known} {pin['version']}" if known else pin["version"]
    return found


def faults(root: Path = tree.ROOT) -> Iterator[str]:
    """One sentence for each lock that names an address, and each package without a hash."""
    for lock in sorted((root / "requirements").glob("*.lock")):
        yield from _python_faults(lock)
    for lock in sorted((root / "client").glob("package-lock.json")):
        yield from _node_faults(lock)
    base, test = pins(root / "requirements" / "base.lock"), pins(root / "requirements" / "test.lock")
    for name, version in base.items():
        if test.get(name) != version:
            yield f"test.lock: {name} is {test.get(name)}, but {version} in base.lock"


def _python_faults(lock: Path) -> Iterator[str]:
    text = lock.read_text()
    for found in _ADDRESS.finditer(text):
        yield f"{lock.name}: names an address: {text[found.start() :].splitlines()[0].strip()}"
    for pin in _PIN.finditer(text):
        if "--hash=sha256:" not in pin["rest"]:
            yield f"{lock.name}: {pin['name']} has no hash"
    loose = [line for line in text.splitlines() if line and line[0] not in " #" and "==" not in line]
    for line in loose:
        yield f"{lock.name}: not held to one version: {line}"


def _node_faults(lock: Path) -> Iterator[str]:
    for place, package in json.loads(lock.read_text())["packages"].items():
        if "resolved" in package:
            yield f"{lock.name}: {place} names the address that it came from"
        if place and not package.get("link") and "integrity" not in package:
            yield f"{lock.name}: {place} has no hash"


def main() -> int:
    found = list(faults())
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
