"""What restore tests came to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator

from tryggve.domains.backups.models import RestoreTest, Shredding
from tryggve.lib.errors import Missing

ON_A_PAGE: Final = 30


class NoSuchTest(Missing):
    """There is none of that id."""


@dataclass(frozen=True, slots=True)
class Shredded:
    """How many were proven unreadable in an older copy, and how many wait for that, until when at the most."""

    proven: int
    pending: int
    until: datetime | None


def tests(*, page: int) -> "Page[RestoreTest]":
    """The newest first, with place and run. Two questions."""
    return Paginator(RestoreTest.objects.select_related("place", "run"), ON_A_PAGE).get_page(page)


def test(id: UUID) -> RestoreTest:
    """One of them. Raises NoSuchTest. One question."""
    found = RestoreTest.objects.select_related("place", "run").filter(pk=id).first()
    if found is None:
        raise NoSuchTest(id)
    return found


def shredded(test: RestoreTest) -> Shredded:
    """Of those who were made up and erased before the test ended. One question."""
    until = test.ended_at or test.began_at
    erased = Shredding.objects.filter(lost_at=None, erased_at__lte=until)
    proven = pending = 0
    last: datetime | None = None
    for proven_at, pending_until in erased.values_list("proven_at", "pending_until"):
        if proven_at is not None and proven_at <= until:
            proven += 1
            continue
        pending += 1
        last = max(filter(None, (last, pending_until)), default=None)
    return Shredded(proven, pending, last)
