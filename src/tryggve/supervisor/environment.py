import os
from collections.abc import Mapping

from tryggve.supervisor import lifeline, runfiles

_PASSED = {
    "HOME",
    "LANG",
    "LANGUAGE",
    "PATH",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPATH",
    "PYTHONPYCACHEPREFIX",
    "PYTHONUTF8",
    "TZ",
}
_PASSED_BEGINNINGS = ("LC_", "TRYGGVE_")


def for_child(*, token: str, pipe: int, source: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The few variables that a child needs: what else stands in the shell may be secret, or bend Python."""
    passed = {name: value for name, value in source.items() if _is_passed(name)}
    # Without it a file in the folder where ``up`` was called could stand in for a module of Python's.
    passed["PYTHONSAFEPATH"] = "1"
    passed[runfiles.RUN_VARIABLE] = token
    passed[lifeline.PARENT_VARIABLE] = str(pipe)
    return passed


def _is_passed(name: str) -> bool:
    return name in _PASSED or name.startswith(_PASSED_BEGINNINGS)
