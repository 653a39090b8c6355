"""Processes that are really killed in the middle of an import, and two that import at once."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import NOW
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.register_index import RegisterIndex
from tryggve.domains.customers.services import import_jobs, imports, undo_jobs
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import MACHINE, bring_in, in_force, people, untouched

pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

_PROGRAM = (
    "import django, importlib, sys; django.setup();"
    "importlib.import_module('tryggve.domains.customers.tests.child').main(*sys.argv[1:])"
)
POINTS = [
    "import: keys made",
    "import: new rows staged",
    "import: changes staged",
    "import: published, not committed",
]


def _start(*words: str) -> subprocess.Popen[str]:
    settings = connection.settings_dict
    database = {name: settings[name] for name in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    environment = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "tryggve.domains.customers.tests.child_settings",
        "CHILD_DATABASE": json.dumps(database | {"NAME": str(settings["NAME"])}),
    }
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *words],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _run(*words: str) -> int:
    process = _start(*words)
    process.communicate(timeout=60)
    return process.returncode


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Four customers, two of whom are in the register."""
    bring_in(people(range(2)))
    file = tmp_path / "list.csv"
    file.write_bytes(people(range(4), note="ring"))
    return file


@pytest.mark.parametrize("point", POINTS)
def test_import_killed_anywhere_shows_nothing_and_leaves_nothing(file: Path, point: str) -> None:
    known, keys = untouched(), power.keys_kept()
    assert _run("bring-in", str(file), point) == -signal.SIGKILL
    with RegisterIndex().fresh() as index:
        assert len(index.find("kund", limit=9)) == 2
    assert sorted(in_force()) == ["Kund 00000", "Kund 00001"]

    assert import_jobs.remove_interrupted(actor="system", at=NOW) == 1
    assert untouched() == known
    unnamed = 2 if point == "import: keys made" else 0  # keys that no row came to name
    assert len(power.keys_kept() - keys) == 1 + unnamed

    bring_in(file.read_bytes())
    assert {name: details.note for name, details in in_force().items()} == {
        f"Kund {number:05}": "ring" for number in range(4)
    }


def test_removal_killed_half_way_is_finished_by_the_next(file: Path) -> None:
    known = untouched()
    assert _run("bring-in", str(file), "import: changes staged") == -signal.SIGKILL
    assert _run("remove-interrupted", "import: staged keys destroyed") == -signal.SIGKILL
    assert import_jobs.remove_interrupted(actor="system", at=NOW) == 1
    assert (untouched(), Import.objects.filter(state="RUNNING").count()) == (known, 0)


@pytest.mark.parametrize("point", ["import: new rows staged", "import: published, not committed"])
def test_confirmed_import_killed_is_completed_exactly_once(file: Path, point: str) -> None:
    batch = imports.preview_file(name="list.csv", content=file.read_bytes(), source="", actor=MACHINE, at=NOW)
    imports.confirm(batch=batch, actor=MACHINE, at=NOW)
    assert _run("carry-out", str(batch), point) == -signal.SIGKILL
    assert len(in_force()) == 2
    for _time in range(2):
        import_jobs.run_confirmed(batch=batch, at=NOW)
    assert ([details.note for details in in_force().values()], Customer.objects.count()) == (["ring"] * 4, 4)
    assert Import.objects.get(pk=batch).state == Import.State.DONE


@pytest.mark.parametrize(
    "point", ["undo: cards given back", "undo: customers marked for deletion", "undo: keys destroyed"]
)
def test_undo_killed_anywhere_is_finished_by_the_next_try(file: Path, point: str) -> None:
    known = in_force()
    batch = UUID(bring_in(file.read_bytes()).import_id)
    undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    assert _run("undo", str(batch), point) == -signal.SIGKILL
    for _time in range(2):
        undo_jobs.run_ordered(batch=batch, at=NOW)
    assert (in_force(), Customer.objects.count()) == (known, 2)
    assert Import.objects.get(pk=batch).state == Import.State.UNDONE


def test_two_imports_of_one_list_at_once_make_each_customer_once(file: Path) -> None:
    file.write_bytes(people(range(700)))
    both = [_start("bring-in", str(file)) for _ in range(2)]
    told = [json.loads(process.communicate(timeout=60)[0]) for process in both]
    assert sorted(one["created"] for one in told) == [0, 698]
    assert sorted(one["unchanged"] for one in told) == [2, 700]
    assert (len(in_force()), Customer.objects.count()) == (700, 700)
    assert len({UUID(one["import_id"]) for one in told}) == 2
