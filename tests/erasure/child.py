"""What the processes do that the tests start and kill: each word on the command line is an argument."""

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.erasure.erasing import ANNA
from tests.erasure.reading import readable
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.tests.lists import bring_in
from tryggve.domains.rights.models import Erasure
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import erasures
from tryggve.domains.rights.services.retention import keeping_by_law
from tryggve.lib import write_points
from tryggve.routines import services as routines

IN_THE_KEY_STORE = "key store: not committed"
_connect: Callable[..., sqlite3.Connection] = sqlite3.connect


class _Dying(sqlite3.Connection):
    """Killed before what an erasure wrote into the key store is committed."""

    def execute(self, statement: str, *rest: Any) -> sqlite3.Cursor:
        if statement == "COMMIT" and super().execute("SELECT 1 FROM erased").fetchone():
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(statement, *rest)


def _dying_in_the_key_store(database: Any, **options: Any) -> sqlite3.Connection:
    factory = _Dying if "keys.sqlite3" in str(database) else sqlite3.Connection
    return _connect(database, **{"factory": factory, **options})


def _die_at(point: str) -> None:
    def reached(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    write_points.cut_with(reached)
    if point == IN_THE_KEY_STORE:
        sqlite3.connect = _dying_in_the_key_store  # type: ignore[assignment]  # as far as it is called here


def main(deed: str, at: str, point: str, *words: str) -> None:
    """Do it as if it were that time; killed at the point of that name, if it is reached."""
    _die_at(point)
    moment = datetime.fromisoformat(at)
    match deed, words:
        case "ask", (customer,):
            erasures.ask_erasure(
                customer=UUID(customer),
                ground=Erasure.Ground.REQUEST,
                actor=ANNA,
                at=moment,
                reach=EVERYBODY,
            )
        case "destroy", ():
            destroying.destroy_due(at=moment)
        case "replay", ():
            destroying.replay_ledger(at=moment)
        case "let go", ():
            keeping_by_law.let_go(at=moment)
        case "read", ():
            sys.stdout.write(json.dumps(readable()))
        case "bring in", rows:
            told = bring_in("\n".join(rows).encode())
            sys.stdout.write(json.dumps([[one.line, one.reason] for one in told.set_aside]))
        case "start", ():
            routines.start(now=moment)
            routines.run_due(now=lambda: moment, owner="worker")
