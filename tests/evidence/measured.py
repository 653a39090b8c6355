"""What tests of measured protections begin with: a company, its nights, and what a measuring came to."""

from datetime import datetime
from typing import Any

from django.db import connection

from tryggve.accounts.models import User
from tryggve.controls import selectors, services
from tryggve.controls.engine.standing import State
from tryggve.controls.tests import here
from tryggve.routines.models import Schedule


def found(control: str, at: datetime) -> tuple[str, str]:
    """The verdict, and what is wrong or why it couldn't be measured."""
    row = here.measure(control, at=at)
    return row.verdict or "unknown", row.cause or str(row.facts.get("wrong", ""))


def facts(control: str, at: datetime) -> dict[str, Any]:
    told: dict[str, Any] = here.measure(control, at=at).facts
    return told


def state(control: str, at: datetime) -> State:
    return selectors.protection(control, now=at).standing.state


def attest(control: str, by: User, at: datetime) -> None:
    services.attest(control=control, by=by, note="I have looked.", until=None, at=at)


def worked(*routines: str, at: datetime, outcome: str = "DONE") -> None:
    """The machine did these in the night before."""
    for code in routines:
        Schedule.objects.update_or_create(
            code=code, defaults={"due_at": at, "last_ended_at": at, "last_outcome": outcome}
        )


def lose(table: str, when: str) -> None:
    """Let the database quietly lose such rows as soon as they are written, as a fault or an intruder could."""
    then(table, f"DELETE FROM {table} WHERE id = NEW.id", when)  # noqa: S608 - the test's own words


def then(table: str, deed: str, when: str = "1 = 1") -> None:
    """Have the database do that, too, with each such row that is written."""
    _spring(f"AFTER INSERT ON {table}", when, lite=deed, postgres=f"{deed}; RETURN NULL")


def hold_fast(table: str) -> None:
    """Let the database quietly keep all rows that somebody removes."""
    _spring(f"BEFORE DELETE ON {table}", "1 = 1", lite="SELECT RAISE(IGNORE)", postgres="RETURN NULL")


def mend(table: str) -> None:
    """The database does what it is told again."""
    if connection.vendor == "sqlite":
        run("DROP TRIGGER broken")
    else:
        run(f"DROP TRIGGER broken ON {table}; DROP FUNCTION broken()")


def _spring(moment: str, when: str, *, lite: str, postgres: str) -> None:
    trigger = f"CREATE TRIGGER broken {moment} FOR EACH ROW WHEN ({when})"
    if connection.vendor == "sqlite":
        run(f"{trigger} BEGIN {lite}; END")
        return
    run(f"CREATE FUNCTION broken() RETURNS trigger AS $$ BEGIN {postgres}; END $$ LANGUAGE plpgsql")
    run(f"{trigger} EXECUTE FUNCTION broken()")


def run(statement: str) -> None:
    """Change the database past the product."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
