"""A program that would keep what it can neither hand out nor erase doesn't start."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import Program
from tools import tree

pytestmark = pytest.mark.process
_FROM_COPY = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("tryggve", run_name="__main__", alter_sys=True)
"""
_WHISPERS = """

class Whisper(models.Model):
    {field}

    class Meta:
        app_label = "setup"
"""
_HOLDING = """
from tryggve.domains.setup.models import Whisper
from tryggve.privacy import registry
from tryggve.privacy.subjects import Kind

registry.register(
    registry.Holding(
        code="setup.whispers", title="Whispers", kinds=frozenset({Kind.CUSTOMER}), models=frozenset({Whisper}),
        export=lambda person: [],
    )
)
"""


@pytest.fixture
def program() -> Iterator[Program]:
    """The program's own source, in a place where it may be changed."""
    made = Program()
    copy = made.home / "source"
    shutil.copytree(tree.PACKAGE, copy / "tryggve", copy_function=os.symlink, ignore=_NOT_NEEDED)
    made._command = (sys.executable, "-c", _FROM_COPY, str(copy))
    made._give_to_nobody()
    yield made
    made.clear()


_NOT_NEEDED = shutil.ignore_patterns("__pycache__", "tests")


def add(program: Program, name: str, text: str) -> None:
    """To the end of a file of the copy, new or there already."""
    path = program.home / "source" / "tryggve" / name
    before = path.read_text() if path.exists() else ""
    path.unlink(missing_ok=True)
    path.write_text(before + text)


@pytest.mark.parametrize("field", ["customer_ref = models.UUIDField()", "said_sealed = models.BinaryField()"])
def test_model_with_personal_data_that_nobody_hands_out_and_erases_stops_the_start(
    program: Program, field: str
) -> None:
    add(program, "domains/setup/models.py", _WHISPERS.format(field=field))
    done = program.run("up", "--port", str(program.port))
    told = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert "setup.Whisper has personal data" in told
    assert "no exporter, eraser and retention rule" in told
    assert not Path(program.data).exists()


def test_holding_without_eraser_and_end_stops_the_start(program: Program) -> None:
    add(program, "domains/setup/models.py", _WHISPERS.format(field="said_sealed = models.BinaryField()"))
    add(program, "domains/setup/personal_data.py", _HOLDING)
    done = program.run("up", "--port", str(program.port))
    assert done.returncode != 0
    assert not Path(program.data).exists()
