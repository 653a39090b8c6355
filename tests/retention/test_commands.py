"""``retention due`` and ``retention purge``: ids and days, no names, and nothing done without a yes."""

import json
from collections.abc import Iterator
from uuid import UUID

import pytest
import time_machine

from tests import commands
from tests.by_right import asking
from tests.cast import CILLA
from tests.retention.keeping import AFTER, LAST_DAY, keep
from tryggve.domains.rights.models import Due, Erasure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "database_in_its_place")]


@pytest.fixture
def later() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(AFTER, tick=False) as traveller:
        yield traveller


def _retention(*words: str) -> tuple[int, str]:
    return commands.run("rights", "retention", *words)


def test_due_tells_ids_days_and_rules_and_no_names(cilla: UUID, later: time_machine.Traveller) -> None:
    status, out = _retention("due", "--json")
    [told] = json.loads(out)
    assert (status, told["customer"], told["rule"]) == (0, str(cilla), "after-assignment-3-years")
    assert (told["counted_from"], told["needed_until"]) == ("2026-03-02", "2029-03-02")
    status, words = _retention("due")
    assert (status, str(cilla) in words, CILLA.name in words + out) == (0, True, False)


def test_due_of_nobody_says_so(cilla: UUID, later: time_machine.Traveller) -> None:
    later.move_to(LAST_DAY)
    assert _retention("due") == (1, "Nobody is due.\n")
    assert _retention("due", "--json") == (1, "[]\n")


def test_purge_without_saying_how_is_refused(cilla: UUID, later: time_machine.Traveller) -> None:
    assert _retention("purge")[0] == 2
    assert _retention("purge", "--yes", "--dry-run")[0] == 2
    assert Erasure.objects.count() == 0


def test_rehearsal_tells_what_would_be_done_and_does_nothing(
    cilla: UUID, dan: UUID, later: time_machine.Traveller
) -> None:
    assert _retention("purge", "--dry-run") == (0, "2 customers would be put aside. Nothing was changed.\n")
    told = json.loads(_retention("purge", "--dry-run", "--json")[1])
    assert (told["done"], {one["customer"] for one in told["put_aside"]}) == (False, {str(cilla), str(dan)})
    assert (Erasure.objects.count(), Due.objects.count()) == (0, 2)


def test_yes_puts_aside_and_tells_the_erasures(cilla: UUID, dan: UUID, later: time_machine.Traveller) -> None:
    keep(dan, kind="HOLD")
    status, out = _retention("purge", "--yes", "--json")
    row = Erasure.objects.get()
    assert (status, json.loads(out)["put_aside"]) == (0, [{"customer": str(cilla), "erasure": str(row.pk)}])
    assert _retention("purge", "--yes") == (1, "0 customers are put aside.\n")


def test_who_is_left_out_is_told_with_the_reason(cilla: UUID, later: time_machine.Traveller) -> None:
    asking.asked(cilla)
    later.move_to(AFTER.replace(year=2031))
    status, out = _retention("purge", "--dry-run")
    assert status == 1
    assert f"{cilla} is left out: the customer waits for an answer to a request." in out
