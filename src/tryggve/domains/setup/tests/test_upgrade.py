"""Data of an older program: only ``up`` brings them forward, and keeps a copy of them as they were."""

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ground, postgres
from tests.program import Program
from tryggve.domains.setup.tests import register

pytestmark = pytest.mark.process
OLDER = "DELETE FROM django_migrations WHERE app = 'sessions'"
WITHOUT_TABLE = "DROP TABLE django_session"


@pytest.fixture
def older(used: Program) -> Iterator[Program]:
    """The register as it was before the table of sessions came; running it prepares it as ``up`` does."""
    with register.copied(used, command=register.PREPARING) as made:
        register.change(made, OLDER, WITHOUT_TABLE)
        yield made


def _copy(program: Program) -> Path:
    return program.data / "before-upgrade.sqlite3"


def test_command_asks_for_the_upgrade_and_changes_nothing(spoilt: Program) -> None:
    register.change(spoilt, OLDER, WITHOUT_TABLE)
    before = register.content(spoilt)
    for words in (("customers", "find", "cilla"), ("customers", "import", "/dev/null")):
        done = spoilt.run(*words)
        assert (done.returncode, b"Run \xc2\xab./tryggve up\xc2\xbb once" in done.stderr) == (2, True)
    assert register.content(spoilt) == before


def test_upgrade_keeps_a_copy_of_how_it_was(older: Program) -> None:
    assert older.run().returncode == 0
    assert "django_session" in register.tables(older.data / "tryggve.sqlite3")
    assert "django_session" not in register.tables(_copy(older))
    assert set(register.modes(older).values()) == {0}
    assert len(register.owners(older)) == 1
    assert list(older.data.glob("*.new")) + list(older.data.glob("run/upgrading")) == []


def test_upgrade_that_fails_leaves_the_database_as_it_was(older: Program) -> None:
    """Whatever the program that is too new did to it, the one from before can go on."""
    register.change(older, "CREATE TABLE django_session (in_the_way)")
    before = register.rows(older)
    done = older.run()
    assert (done.returncode, b"UpgradeFailed: " in done.stderr, b"OperationalError" in done.stderr) == (
        1,
        True,
        True,
    )
    assert register.rows(older) == before
    assert not (older.data / "run" / "upgrading").exists()


def test_upgrade_that_fails_after_its_last_step_is_taken_back(older: Program) -> None:
    """Then each step was committed for itself."""
    before = register.rows(older)
    with register.copied(older, command=_cut("fail", at="migrated one step")) as program:
        done = program.run()
        assert (done.returncode, b"UpgradeFailed: " in done.stderr) == (1, True)
        assert register.rows(program) == before


@pytest.mark.parametrize("point", ["upgrade begun", "migrated one step"])
def test_upgrade_that_was_killed_is_taken_back_by_the_next_start(older: Program, point: str) -> None:
    before = register.rows(older)
    with register.copied(older, command=_cut("kill", at=point)) as program:
        assert program.run().returncode == -9
        assert (program.data / "run" / "upgrading").exists()
        program._command = _cut("kill", at="put back after an upgrade" if point != "upgrade begun" else point)
        assert program.run().returncode == -9
        assert register.rows(program) == before
        program._command = register.PREPARING
        assert program.run().returncode == 0
        assert "django_session" in register.tables(program.data / "tryggve.sqlite3")
        assert "django_session" not in register.tables(_copy(program))


def test_what_the_older_program_wrote_after_an_upgrade_was_killed_stays(older: Program) -> None:
    """Killed before its first step, the upgrade had changed nothing: the older program went on with it."""
    with register.copied(older, command=_cut("kill", at="upgrade begun")) as program:
        assert program.run().returncode == -9
        register.change(program, "CREATE TABLE written_since (x)")
        program._command = register.PREPARING
        assert program.run().returncode == 0
        assert "written_since" in register.tables(program.data / "tryggve.sqlite3")


_TOLD = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
import django
django.setup()
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
with connection.cursor() as cursor:
    for statement in {statements!r}:
        cursor.execute(statement)
applied = sorted(MigrationRecorder(connection).applied_migrations())
open({to!r}, "w").write(repr([applied, sorted(connection.introspection.table_names())]))
"""


def _told(program: Program, *statements: str) -> str:
    """The migrations and tables of either kind of database, after these statements."""
    to = program.home / "told"
    program.run_python(_TOLD.format(statements=statements, to=str(to)))
    return to.read_text()


@pytest.mark.both_databases
def test_upgrade_is_all_or_nothing_in_either_kind_of_database() -> None:
    """A step that was done is taken back with the one that fails, also when the power is cut between them."""
    url = postgres.new_database(f"upgrade_{uuid.uuid4().hex}") if ground.on_postgresql() else ""
    program = Program(database_url=url, command=register.PREPARING)
    try:
        assert program.run().returncode == 0
        before = _told(program, OLDER, WITHOUT_TABLE)
        for deed in ("fail", "kill"):
            program._command = _cut(deed, at="migrated one step")
            assert program.run().returncode == {"fail": 1, "kill": -9}[deed]
            if url or deed == "fail":
                assert _told(program) == before
        program._command = register.PREPARING
        assert program.run().returncode == 0
        assert "django_session" in _told(program)
    finally:
        program.clear()


def _cut(deed: str, *, at: str) -> tuple[str, ...]:
    """Preparing, which is killed or fails at that point."""
    does = {"kill": "os.kill(os.getpid(), 9)", "fail": "raise RuntimeError"}[deed]
    source = f"""
def _cut(name):
    if name == "setup: {at}":
        {does}
from tryggve.lib import write_points
write_points.cut_with(_cut)
"""
    begin, setup, rest = register.PREPARE.partition("django.setup()\n")
    return (sys.executable, "-c", begin + setup + source + rest)


def test_copy_is_made_anew_by_the_next_upgrade(older: Program) -> None:
    older.run()
    register.change(older, OLDER, WITHOUT_TABLE, "CREATE TABLE since_then (x)")
    older.run()
    assert "since_then" in register.tables(_copy(older))


def test_upgrade_that_was_given_up_keeps_no_later_one_from_its_copy(used: Program) -> None:
    """Somebody went back to the older program, which works on; much later comes the newer one again."""
    with register.copied(used, command=register.PREPARING) as program:
        (program.data / "run" / "upgrading").touch()
        assert program.run().returncode == 0
        assert not (program.data / "run" / "upgrading").exists()


def test_copy_that_was_cut_off_is_made_again(older: Program) -> None:
    (older.data / "before-upgrade.sqlite3.new").write_bytes(b"half")
    older._give_to_nobody()
    assert older.run().returncode == 0
    assert "customers_customer" in register.tables(_copy(older))
