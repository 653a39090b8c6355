"""Places as a copy of the keys tells of them, on a computer that has no register yet."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.restic import Repository
from tryggve.domains.backups.selectors.places import PlaceInUse


def place(told: Mapping[str, Any]) -> PlaceInUse:
    """That one."""
    access = Access(**{**told["access"], "options": tuple(told["access"]["options"])})
    return PlaceInUse(**{**told, "id": UUID(told["id"]), "access": access})


def with_keys(told: Iterable[Mapping[str, Any]]) -> list[PlaceInUse]:
    """Those that hold keys."""
    return [place(one) for one in told if one["holds_keys"]]


def repository(of_place: Repository | None, cache: Path) -> Repository | None:
    """The same with what restic needs in that folder: the data folder may not have been made yet."""
    if of_place is None:
        return None
    return replace(of_place, place=replace(of_place.place, files_under=None), cache=cache)
