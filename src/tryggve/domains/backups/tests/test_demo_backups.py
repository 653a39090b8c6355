"""What a demo firm has of backups: made by the real program, thrown away with it, and only where nothing else lies."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.program import Program

pytestmark = pytest.mark.process
_TELL = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
import django
django.setup()
from pathlib import Path
from django.utils import timezone
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.selectors import folders, heartbeats, places

now = timezone.now()
told = {{
    "places": [one.access.location for one in places.in_use()],
    "papers": [str(path) for path in folders.paths()],
    "others": sorted(str(one.pulse(at=now)) for one in heartbeats.watched()),
    "runs": Run.objects.count(),
}}
Path({told!r}).write_text(json.dumps(told))
"""


@pytest.fixture
def program() -> Iterator[Program]:
    made = Program()
    yield made
    made.clear()


def _demo(program: Program, *words: str) -> None:
    program.start("demo", "--customers", "3", *words)
    program.stop()


def _told(program: Program) -> dict[str, Any]:
    path = program.home / "told"
    program.run_python(_TELL.format(told=str(path)))
    told: dict[str, Any] = json.loads(path.read_text())
    return told


def _beside(program: Program) -> Path:
    return program.data.with_name(f"{program.data.name}-beside")


def test_demo_has_a_place_papers_and_others_and_a_pair_is_asked_for(program: Program) -> None:
    _demo(program)
    told = _told(program)
    assert told["places"] == [str(_beside(program) / "disk")]
    assert len(list(Path(told["papers"][0]).iterdir())) == 12
    assert (told["others"], told["runs"] >= 1) == (["in-time", "late"], True)


def test_another_demo_begins_with_a_place_of_its_own(program: Program) -> None:
    _demo(program)
    (_beside(program) / "letter").write_text("of the first demo")
    _demo(program, "--again")
    assert (len(_told(program)["places"]), (_beside(program) / "letter").exists()) == (1, False)


def test_folder_of_somebody_else_beside_is_left_alone(program: Program) -> None:
    _beside(program).mkdir(mode=0o700)
    (_beside(program) / "letter").write_text("Dear Dan")
    program._give_to_nobody()
    _demo(program, "--again")
    assert (_told(program)["places"], (_beside(program) / "letter").read_text()) == ([], "Dear Dan")
