"""What the processes do that the tests start and kill; each word on the command line is an argument."""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.engine.search.chosen import Chosen
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.services import import_jobs, imports, merges, undo_jobs
from tryggve.lib import write_points


def main(deed: str, *words: str) -> None:
    DEEDS[deed](*words)


def bring_in(file: str, point: str = "") -> None:
    """Import a list and print what came of it; killed at the point of that name, if there is one."""
    _die_at(point)
    told = imports.import_content(
        content=Path(file).read_bytes(), source="", actor="machine:anna", at=timezone.now()
    )
    sys.stdout.write(json.dumps(told.as_json()))


def carry_out(batch: str, point: str = "") -> None:
    """What the worker does with a confirmed import."""
    _die_at(point)
    import_jobs.run_confirmed(batch=UUID(batch), at=timezone.now())


def undo(batch: str, point: str = "") -> None:
    """What the worker does with an undo that was ordered."""
    _die_at(point)
    undo_jobs.run_ordered(batch=UUID(batch), at=timezone.now())


def remove_interrupted(point: str = "") -> None:
    _die_at(point)
    import_jobs.remove_interrupted(actor="system", at=timezone.now())


def answer_questions() -> None:
    """Search and list for as long as somebody asks, a line a question, as a server's process does."""
    for line in sys.stdin:
        asked = json.loads(line)
        with register_index.fresh() as index:
            found = (
                index.find(asked["find"], limit=9)
                if "find" in asked
                else index.listing(Chosen.from_json(asked).filter(timezone.now())).some(first=0, count=9)
            )
        sys.stdout.write(json.dumps(sorted(map(str, found))) + "\n")
        sys.stdout.flush()


def merge(kept: str, gone: str, point: str = "") -> None:
    """Make two cards one that nobody has changed yet."""
    _die_at(point)
    merges.merge_customers(
        kept=UUID(kept),
        gone=UUID(gone),
        seen=(1, 1),
        actor="machine:anna",
        at=timezone.now(),
        reach=EVERYBODY,
    )


def _die_at(point: str) -> None:
    def reached(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    write_points.cut_with(reached)


DEEDS: dict[str, Callable[..., None]] = {
    "bring-in": bring_in,
    "carry-out": carry_out,
    "merge": merge,
    "remove-interrupted": remove_interrupted,
    "undo": undo,
    "answer-questions": answer_questions,
}
