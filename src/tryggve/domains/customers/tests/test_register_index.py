"""The search index of one process against what other connections write."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.db.models.signals import post_init

from tests import ground
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers import register_index
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.customers.register_index import RegisterIndex
from tryggve.domains.customers.services import records
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.engine.indexed import readable_in
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, people
from tryggve.domains.customers.tests.power import elsewhere

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def index() -> RegisterIndex:
    """An index that has been asked once, before anybody was there."""
    index = RegisterIndex()
    assert _find(index, "a") == []
    return index


def _find(index: RegisterIndex, text: str) -> list[UUID]:
    with index.fresh() as fresh:
        return fresh.find(text, limit=2000)


def _change(customer: UUID, details: Details, *, seen: int) -> None:
    records.change_customer(
        reach=EVERYBODY, customer=customer, seen_revision=seen, details=details, actor=MACHINE, at=NOW
    )


def test_customer_added_elsewhere_is_found_in_the_next_search(index: RegisterIndex) -> None:
    added = elsewhere(lambda: add(CILLA, DAN))
    assert (_find(index, "cilla"), _find(index, "tømrer")) == ([added[0]], [added[1]])


def test_name_changed_elsewhere_is_found_and_the_old_one_is_not(index: RegisterIndex) -> None:
    [cilla] = add(CILLA)
    assert _find(index, "cilla") == [cilla]
    elsewhere(lambda: _change(cilla, DAN, seen=1))
    assert (_find(index, "dan"), _find(index, "cilla")) == ([cilla], [])


def test_customer_deleted_elsewhere_is_gone_at_once(index: RegisterIndex) -> None:
    [cilla] = add(CILLA)
    assert _find(index, "cilla") == [cilla]
    elsewhere(lambda: deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW))
    assert _find(index, "cilla") == []


def test_import_shows_as_one_change(index: RegisterIndex) -> None:
    add(Details(name="Kund 00001", emails=("kund00001@example.se",)))
    assert len(_find(index, "kund")) == 1
    changes = CustomerChange.objects.count()
    elsewhere(lambda: bring_in(people(range(600), note="ring")))
    assert (len(_find(index, "kund")), CustomerChange.objects.count()) == (600, changes + 1)


def test_import_changes_known_customers_too(index: RegisterIndex) -> None:
    add(Details(name="Bo Ek", emails=("bo@example.se",)))
    assert len(_find(index, "bo")) == 1
    elsewhere(lambda: bring_in(b"Name;E-mail;Phone\nBo Ek;bo@example.se;08-465 004 00\n"))
    assert len(_find(index, "08465")) == 1


def test_change_that_is_rolled_back_is_never_shown(index: RegisterIndex) -> None:
    def begin_and_give_up() -> None:
        with transaction.atomic():
            add(CILLA)
            transaction.set_rollback(True)

    elsewhere(begin_and_give_up)
    assert _find(index, "cilla") == []
    [dan] = add(DAN)
    assert _find(index, "dan") == [dan]


@pytest.mark.skipif(not ground.on_postgresql(), reason="SQLite has one writer: numbers follow the commits")
def test_change_with_a_lower_number_committed_later_is_not_missed(index: RegisterIndex) -> None:
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            add(CILLA)
            written.set()
            assert may_commit.wait(30)
        connections.close_all()

    slowly = threading.Thread(target=slow)
    slowly.start()
    assert written.wait(30)
    [dan] = add(DAN)
    assert (_find(index, "dan"), _find(index, "cilla")) == ([dan], [])
    may_commit.set()
    slowly.join()
    assert len(_find(index, "cilla")) == 1


def test_index_begun_late_knows_everybody_and_reads_few_old_changes() -> None:
    [cilla] = add(CILLA)
    CustomerChange.objects.bulk_create(CustomerChange(customer_ref=cilla) for _ in range(300))
    read: list[object] = []

    def count(**told: object) -> None:
        read.append(told["instance"])

    post_init.connect(count, sender=CustomerChange)
    try:
        index = RegisterIndex()
        assert (_find(index, "cilla"), len(read)) == ([cilla], 200)
    finally:
        post_init.disconnect(count, sender=CustomerChange)
    elsewhere(lambda: _change(cilla, DAN, seen=1))
    assert (_find(index, "cilla"), _find(index, "dan")) == ([], [cilla])


def test_very_many_changes_are_answered_by_reading_everybody_again(index: RegisterIndex) -> None:
    [cilla] = add(CILLA)
    before = index._index
    gone = [CustomerChange(customer_ref=UUID(int=number)) for number in range(5001)]
    CustomerChange.objects.bulk_create(gone, batch_size=500)
    assert _find(index, "cilla") == [cilla]
    assert index._index is not before


def test_search_without_changes_asks_once(index: RegisterIndex, django_assert_num_queries: object) -> None:
    add(CILLA)
    _find(index, "cilla")
    with django_assert_num_queries(1):  # type: ignore[operator] # the plugin's fixture has no type of its own
        _find(index, "cilla")


def test_forgotten_index_is_built_anew(index: RegisterIndex) -> None:
    [cilla] = add(CILLA)
    _find(index, "cilla")
    index.forget()
    assert index._index is None
    assert _find(index, "cilla") == [cilla]


def test_customer_who_cannot_be_opened_hides_no_other(index: RegisterIndex) -> None:
    broken, dan = add(CILLA, DAN)
    Customer.objects.filter(pk=broken).update(details_sealed=b"")
    assert _find(index, "dan") == [dan]


def test_no_other_thread_gets_at_the_index_while_one_reads_it(index: RegisterIndex) -> None:
    """Four threads answer pages in each process: none may lay the index out anew under another."""
    with index.fresh():
        assert not elsewhere(lambda: index._lock.acquire(blocking=False))
    assert _find(index, "a") == []


def test_tick_takes_deleted_names_out_of_memory_without_a_question(index: RegisterIndex) -> None:
    cilla, dan = add(CILLA, DAN)
    assert _find(index, "cilla") == [cilla]
    elsewhere(lambda: deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW))
    elsewhere(index.tick)
    assert index._index is not None
    assert [name in readable_in(index._index) for name in (b"cilla", b"dan")] == [False, True]
    assert _find(index, "dan") == [dan]


def test_tick_looks_for_changes_while_nobody_else_has_the_index(index: RegisterIndex) -> None:
    is_alone: set[bool] = set()

    def look(execute: Callable[..., object], *arguments: object) -> object:
        is_alone.add(index._lock.locked())
        return execute(*arguments)

    def tick() -> None:
        with connection.execute_wrapper(look):
            index.tick()

    add(CILLA)
    elsewhere(tick)
    assert is_alone == {True}


def test_tick_before_the_first_question_builds_nothing() -> None:
    add(CILLA)
    index = RegisterIndex()
    elsewhere(index.tick)
    assert index._index is None


def test_tick_without_a_database_drops_the_index_and_the_next_question_builds_it(
    index: RegisterIndex, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_told: object) -> None:
        raise OperationalError("no connection for cilla@firma.example")

    def tick() -> None:
        with connection.execute_wrapper(refuse):
            index.tick()

    [cilla] = add(CILLA)
    assert _find(index, "cilla") == [cilla]
    elsewhere(tick)
    assert index._index is None
    assert [line.__dict__["facts"] for line in caplog.records] == [{"error": "OperationalError"}]
    assert _find(index, "cilla") == [cilla]


def test_tick_closes_its_connection(index: RegisterIndex) -> None:
    def tick() -> bool:
        index.tick()
        return connection.connection is None

    add(CILLA)
    assert elsewhere(tick)


def test_index_is_kept_fresh_by_one_thread_that_ends_with_the_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticks = threading.Semaphore(0)
    monkeypatch.setattr(register_index, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr(RegisterIndex, "tick", lambda _index: ticks.release())
    before = set(threading.enumerate())
    index = RegisterIndex()
    index.keep_fresh()
    index.keep_fresh()
    [thread] = set(threading.enumerate()) - before
    assert thread.daemon
    assert all(ticks.acquire(timeout=30) for _time in range(3))
    monkeypatch.setattr(register_index, "IDLE_SECONDS", threading.TIMEOUT_MAX)
