"""Data of an older program: only ``up`` brings them forward, and keeps a copy of them as they were."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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


def test_copy_is_the_one_from_before_an_upgrade_that_was_cut_off(older: Program) -> None:
    """A half-upgraded database must not take the place of the whole one, however often it is tried."""
    register.change(older, "CREATE TABLE django_session (in_the_way)")
    assert older.run().returncode == 1
    register.change(older, "CREATE TABLE half_way (through)")
    assert older.run().returncode == 1
    assert "half_way" not in register.tables(_copy(older))
    register.change(older, WITHOUT_TABLE)
    assert older.run().returncode == 0
    assert "half_way" not in register.tables(_copy(older))


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
