"""Jobs for tests: the queue takes only functions that stand in a module."""

import os
import sys
import threading
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_tasks import task

from tryggve import vault
from tryggve.routines import jobs
from tryggve.routines.tests import poll

done: list[object] = []
stop = threading.Event()


@task()
def note(what: str | int) -> str:
    done.append(what)
    return "cilla@firma.example"


@task()
def fail(customer: str) -> None:
    raise LookupError(f"cilla@firma.example not found for {customer}")


@task()
def be_refused() -> None:
    done.append("asked")
    raise PermissionDenied("not-within-reach")


@task()
def wait_for_a_turn() -> None:
    done.append("asked")
    raise jobs.NotYet


@task()
def need_the_register() -> None:
    done.append("asked")
    raise vault.NotUnlocked


@task()
def leave() -> None:
    sys.exit("cilla@firma.example")


@task()
def break_a_transaction() -> None:
    with transaction.atomic():
        note.enqueue("never")
        raise ValueError


@task()
def stop_the_worker() -> None:
    stop.set()


@task()
def write_twice(name: str) -> None:
    start_twice(name)


@task()
def wait_for_the_file() -> None:
    write("waiting")
    poll.until(Path(os.environ["CHILD_LOG"]).with_suffix(".go").exists)
    write("went on")


@task()
def never_end() -> None:
    write("never ending")
    threading.Event().wait()


def start_twice(name: str) -> None:
    """The first time blocks for ever, the next gets to the end."""
    write(f"{name} started")
    if lines().count(f"{name} started") == 1:
        threading.Event().wait()
    write(f"{name} ended")


def write(line: str) -> None:
    with Path(os.environ["CHILD_LOG"]).open("a") as log:
        log.write(f"{line}\n")


def lines() -> list[str]:
    return Path(os.environ["CHILD_LOG"]).read_text().splitlines()
