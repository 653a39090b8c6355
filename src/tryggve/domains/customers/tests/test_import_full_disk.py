"""A disk that is full in the middle of an import."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection

from tests import ground
from tests.cast import CILLA, NOW
from tryggve.config import failures
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import import_jobs
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import add, bring_in, in_force, people, untouched

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(ground.on_postgresql(), reason="SQLite can be told how large its file may grow"),
]


def _pragma(words: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        answer: int = cursor.fetchone()[0]
        return answer


@pytest.fixture
def full() -> Iterator[None]:
    """The database may grow by some 150 kB from here on."""
    bring_in(people(range(2)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    _pragma(f"max_page_count = {_pragma('page_count') + 40}")
    yield
    _pragma("max_page_count = 1073741823")


def test_import_on_a_full_disk_is_refused_in_words_and_leaves_nothing(full: None) -> None:
    known, keys = untouched(), power.keys_kept()
    with pytest.raises(OperationalError) as refused:
        bring_in(people(range(1200), note="ring"))
    assert failures.told(refused.value).startswith("The disk is full.")
    assert power.elsewhere(lambda: sorted(in_force())) == ["Kund 00000", "Kund 00001"]
    import_jobs.remove_interrupted(actor="system", at=NOW)
    assert untouched() == known
    stopped = Import.objects.get(ended_at=None)
    assert stopped.state == Import.State.STOPPED
    assert stopped.key_ref in power.keys_kept() - keys


def test_register_still_works_and_the_list_comes_in_once_there_is_room(full: None) -> None:
    with pytest.raises(OperationalError):
        bring_in(people(range(1200), note="ring"))
    add(CILLA)
    assert CILLA.name in in_force()
    _pragma("max_page_count = 1073741823")
    assert bring_in(people(range(1200), note="ring")).created == 1198
    assert Customer.objects.count() == 1201
