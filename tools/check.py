"""``./tryggve check``: all fast checks at once, a line each; what fails is shown whole at the end."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from tools import tree

PYTHON = sys.executable
BIN = Path(PYTHON).parent


@dataclass(frozen=True)
class Check:
    """A program that answers with exit status 0 when all is well."""

    title: str
    command: list[str]


@dataclass(frozen=True)
class Result:
    check: Check
    is_good: bool
    seconds: float
    output: str


def checks() -> Iterator[Check]:
    """All of them, the slowest first."""
    yield Check("types", [str(BIN / "mypy"), "--no-error-summary"])
    yield Check("imports between rooms", [str(BIN / "lint-imports"), "--no-logo"])
    yield Check("migrations", [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"])
    yield Check("system checks", [PYTHON, "-m", "django", "check", "--fail-level", "WARNING"])
    yield Check("translations", [PYTHON, "-m", "tools.messages", "--check"])
    yield Check("lint", [str(BIN / "ruff"), "check", "--quiet"])
    yield Check("format", [str(BIN / "ruff"), "format", "--check", "--quiet"])
    templates = [str(path) for path in tree.files("templates/**/*.html", below=tree.PACKAGE)]
    if templates:
        yield Check("templates", [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates])
    yield Check("sizes and names", [PYTHON, "-m", "tools.sizes"])
    yield Check("lock files", [PYTHON, "-m", "tools.locks"])
    for shell in filter(shutil.which, ("sh", "dash")):
        for script in tree.files("tryggve", "*.sh"):
            if script.is_file():
                yield Check(f"{shell} reads {script.name}", [shell, "-n", str(script)])


def run(check: Check, environment: dict[str, str]) -> Result:
    started = time.monotonic()
    done = subprocess.run(
        check.command, cwd=tree.ROOT, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    return Result(check, done.returncode == 0, time.monotonic() - started, done.stdout)


def environment_in(folder: Path) -> dict[str, str]:
    """The caller's environment with empty folders of data and keys, so that no firm's register is touched."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRYGGVE_")}
    for name in ("DATA", "CONFIG"):
        (folder / name).mkdir(mode=0o700)
        environment[f"TRYGGVE_{name}"] = str(folder / name)
    return environment | {"DJANGO_SETTINGS_MODULE": "tryggve.config.settings", "PYTHONWARNINGS": "default"}


def main() -> int:
    """Exit status 0 when every check is good."""
    started = time.monotonic()
    failed: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="tryggve-check-") as folder:
        environment = environment_in(Path(folder))
        with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
            for done in as_completed([pool.submit(run, check, environment) for check in checks()]):
                result = done.result()
                print(
                    f"{'ok  ' if result.is_good else 'FAIL'} {result.seconds:5.1f} s  {result.check.title}",
                    flush=True,
                )
                failed += [] if result.is_good else [result]
    for result in failed:
        print(f"\n--- {result.check.title}\n{result.output.rstrip()}")
    print(f"\ncheck: {len(failed)} failed, {time.monotonic() - started:.1f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
