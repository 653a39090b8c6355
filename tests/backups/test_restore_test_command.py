"""``backup restore-test`` beside the running program: the keys come from its keeper."""

import json
from collections.abc import Iterator

import pytest

from tests.program import Program
from tools import tree

pytestmark = pytest.mark.process
_PLACES = f"""
import sys
sys.path.append({str(tree.ROOT)!r})
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
django.setup()
from pathlib import Path
from django.utils import timezone
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.domains.customers.services import records
from tryggve.domains.setup.models import Firm
home, at = Path(os.environ["TRYGGVE_DATA"]).parent, timezone.now()
Firm.objects.create(pk=1, name="Annas Snickeri", country="SE", language="sv", claimed_at=at)
folder_place(home / "near", at=at, holds_data=True)
folder_place(home / "keys", at=at, holds_keys=True)
records.add_customer(details=Details(name='Cilla'), actor="machine:anna", at=at)
"""


@pytest.fixture
def program() -> Iterator[Program]:
    running = Program()
    try:
        running.start()
        running.run_python(_PLACES)
        yield running
    finally:
        running.clear()


def test_command_tells_what_the_newest_backup_came_to(program: Program) -> None:
    none = program.run("backup", "restore-test", "--json")
    assert (none.returncode, json.loads(none.stdout)["cause"]) == (1, "no-pair")
    taken = program.run("backup", "run")
    assert taken.returncode == 0, taken
    tested = program.run("backup", "restore-test", "--everything", "--json")
    assert tested.returncode == 0, tested
    told = json.loads(tested.stdout)
    assert (told["outcome"], told["found"]["customers"], told["found"]["part"]) == ("passed", 1, 0)
    in_words = program.run("backup", "restore-test")
    assert in_words.returncode == 0
    assert len(in_words.stdout.splitlines()) == 11
