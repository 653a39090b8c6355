"""Holds the sizes and names of ``CONTRIBUTING.md``: small files, short functions, telling names."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import tree

LINES_IN_A_FILE = 500
# An auditor must need nothing but this one file: it can't be cut.
LINES_IN_ONE_FILE_BY_NEED = {"tools/verify_audit.py": 1320}
LINES_IN_A_FUNCTION = 60
SAYS_NOTHING = {"base", "common", "core", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
_SHELL_FUNCTION = re.compile(r"^(\w+)\(\) \{.*?^\}$", re.MULTILINE | re.DOTALL)


def faults(root: Path = tree.ROOT) -> Iterator[str]:
    """One sentence for each file or function that is too long and each module whose name says nothing."""
    for path in tree.files("*.py", "*.html", "*.css", "*.ts", "*.mjs", "*.sh", "tryggve", below=root):
        if not path.is_file() or "migrations" in path.parts:
            continue
        yield from _faults_of(path, path.relative_to(root))


def _faults_of(path: Path, name: Path) -> Iterator[str]:
    text = path.read_text()
    most = LINES_IN_ONE_FILE_BY_NEED.get(name.as_posix(), LINES_IN_A_FILE)
    if (lines := len(text.splitlines())) > most:
        yield f"{name}: {lines} lines, more than {most}"
    if path.suffix == ".py" and {path.stem, path.parent.name} & SAYS_NOTHING:
        yield f"{name}: the name of a module says what is in it"
    functions = _python_functions(text) if path.suffix == ".py" else _shell_functions(path, text)
    for function, lines in functions:
        if lines > LINES_IN_A_FUNCTION:
            yield f"{name}: {function} has {lines} lines, more than {LINES_IN_A_FUNCTION}"


def _python_functions(text: str) -> Iterator[tuple[str, int]]:
    try:
        parsed = ast.parse(text)
    except SyntaxError:
        return  # the linter tells of it
    for node in ast.walk(parsed):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.name, node.end_lineno - node.lineno + 1


def _shell_functions(path: Path, text: str) -> Iterator[tuple[str, int]]:
    if path.suffix in {"", ".sh"}:
        for found in _SHELL_FUNCTION.finditer(text):
            yield found[1], found[0].count("\n") + 1


def main() -> int:
    found = list(faults())
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
