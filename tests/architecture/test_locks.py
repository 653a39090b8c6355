import json
from pathlib import Path

import pytest

from tools import locks
from tools import tree as repository

GOOD = "django==5.2.19 \\\n    --hash=sha256:aa\n    # kept\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository whose locks are as they should be."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "client").mkdir()
    for kind in ("base", "test", "build"):
        (tmp_path / "requirements" / f"{kind}.lock").write_text(GOOD)
    write_client(tmp_path, {"version": "1.0.0", "integrity": "sha512-aa"})
    return tmp_path


def write_client(tree: Path, package: dict[str, str]) -> None:
    packages = {"": {"name": "client"}, "node_modules/htmx.org": package}
    (tree / "client" / "package-lock.json").write_text(json.dumps({"packages": packages}))


def test_repository_locks_have_hashes_and_no_address() -> None:
    assert list(locks.faults()) == []


def test_pins_of_the_product_are_read() -> None:
    assert {"django", "cryptography", "granian"} <= set(
        locks.pins(repository.ROOT / "requirements" / "base.lock")
    )


def test_faults_of_good_locks_are_none(tree: Path) -> None:
    assert list(locks.faults(tree)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "--index-url https://example.org/simple\n" + GOOD,
            "names an address: --index-url https://example.org/simple",
        ),
        ("--find-links /srv/wheels\n" + GOOD, "names an address: --find-links /srv/wheels"),
        (GOOD + "babel==2.18.0\n", "babel has no hash"),
        (GOOD + "babel>=2\n", "not held to one version: babel>=2"),
    ],
)
def test_faults_of_a_python_lock_names_the_line(tree: Path, text: str, fault: str) -> None:
    (tree / "requirements" / "build.lock").write_text(text)
    assert f"build.lock: {fault}" in list(locks.faults(tree))


def test_faults_of_a_test_lock_that_differs_from_the_product(tree: Path) -> None:
    (tree / "requirements" / "test.lock").write_text(GOOD.replace("5.2.19", "5.2.18"))
    assert list(locks.faults(tree)) == ["test.lock: django is 5.2.18, but 5.2.19 in base.lock"]


def test_faults_of_a_node_lock_with_an_address(tree: Path) -> None:
    write_client(tree, {"integrity": "sha512-aa", "resolved": "https://example.org/htmx.tgz"})
    assert list(locks.faults(tree)) == [
        "package-lock.json: node_modules/htmx.org names the address that it came from"
    ]


def test_faults_of_a_node_lock_without_hash(tree: Path) -> None:
    write_client(tree, {"version": "1.0.0"})
    assert list(locks.faults(tree)) == ["package-lock.json: node_modules/htmx.org has no hash"]
