"""Power cuts at named write points, and what the key store and other connections see afterwards."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TypeVar
from uuid import UUID

import pytest
from django.db import connections

from tryggve.lib import folders, write_points

Answer = TypeVar("Answer")


class PowerCut(BaseException):
    """Nothing in the product catches it, as nothing catches a cut of the power."""


@contextmanager
def cut_at(place: int) -> Iterator[None]:
    """The block must reach its write point of that number, from 1, and gets no further."""
    reached = 0

    def cut(_name: str) -> None:
        nonlocal reached
        reached += 1
        if reached == place:
            raise PowerCut

    write_points.cut_with(cut)
    try:
        with pytest.raises(PowerCut):
            yield
    finally:
        write_points.cut_with(None)


def points_of(deed: Callable[[], object]) -> list[str]:
    """The names of the write points that a deed passes."""
    names: list[str] = []
    watch(names.append, deed)
    return names


def watch(look: Callable[[str], None], deed: Callable[[], object]) -> None:
    """Look at each write point that a deed passes."""
    write_points.cut_with(look)
    try:
        deed()
    finally:
        write_points.cut_with(None)


@contextmanager
def at_point(name: str, deed: Callable[[], object]) -> Iterator[None]:
    """Do something else the first time that the block passes the point of that name."""
    waiting = [deed]

    def reached(passed: str) -> None:
        if passed == name and waiting:
            waiting.pop()()

    write_points.cut_with(reached)
    try:
        yield
    finally:
        write_points.cut_with(None)
    assert not waiting, f"the point «{name}» was never reached"


def elsewhere(question: Callable[[], Answer]) -> Answer:
    """The answer on a connection of its own, which sees what is committed only."""

    def ask() -> Answer:
        try:
            return question()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result()


def keys_kept() -> set[UUID]:
    """The ids of all keys that are in the key store."""
    with closing(sqlite3.connect(folders.current().keys)) as store:
        return {UUID(bytes=row[0]) for row in store.execute("SELECT id FROM keys")}
