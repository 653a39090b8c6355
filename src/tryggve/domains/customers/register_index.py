"""This process's search index: built from the sealed details when first asked for, fresh before each answer."""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from itertools import islice
from uuid import UUID

from django.db import connections
from django.db.models import Max, Q, QuerySet

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.search.filters import Beside
from tryggve.domains.customers.engine.search.index import Known, SearchIndex
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.setup import api as setup
from tryggve.lib import spare_memory

# On PostgreSQL a change with a lower number can be committed after one with a higher: look back this far.
_LOOK_BACK = 200
# After so many changes of single customers it is quicker to read everybody again than to ask for each.
_REBUILD_AFTER = 5000
IDLE_SECONDS = 60.0
# So many of those without a key are tried at each question: does it have its key again?
_TRIED_AGAIN = 20
_ROWS_AT_ONCE = 1000

logger = logging.getLogger(__name__)


class RegisterIndex:
    """Lend out an index that knows every change committed before the question."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: SearchIndex | None = None
        self._applied: set[int] = set()
        self._last = 0
        self._without_key: set[UUID] = set()
        self._is_kept_fresh = False

    @property
    def without_key(self) -> int:
        """How many in force the index lacks because their keys aren't there."""
        return len(self._without_key)

    @contextmanager
    def fresh(self) -> Iterator[SearchIndex]:
        """The index, for as long as the block lasts; no other thread reads or changes it meanwhile."""
        with self._lock:
            self._forget_if_locked()
            if self._index is None:
                self._index = self._built()
            else:
                self._index = self._caught_up(self._index)
            yield self._index

    def forget(self) -> None:
        """Drop everything readable."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        self._index = None
        self._applied = set()
        self._last = 0
        self._without_key = set()

    def _forget_if_locked(self) -> None:
        """Names that were opened before a lock don't outlive it. Raises vault.Locked."""
        try:
            vault.keyring().require_unlocked()
        except vault.Locked:
            self._forget()
            raise

    def keep_fresh(self) -> None:
        """For a process that stays: catch up each minute, so that no deleted name outlives a quiet night in it.

        The thread ends with the process.
        """
        with self._lock:
            if self._is_kept_fresh:
                return
            self._is_kept_fresh = True
        threading.Thread(target=self._tick_for_ever, name="register index", daemon=True).start()

    def tick(self) -> None:
        """What a minute without a question calls for; an index that can't be caught up is dropped."""
        try:
            with self._lock:
                if self._index is not None:
                    self._forget_if_locked()
                    self._index = self._caught_up(self._index)
                    self._index.merge()
                    spare_memory.give_back()
        except vault.Locked:
            logger.info("the search index was dropped, as the register is locked")
        except Exception as error:  # noqa: BLE001 - whatever it is, what may be deleted must not stay readable
            logger.error("the search index was dropped", extra={"facts": {"error": type(error).__name__}})
            self.forget()
        finally:
            connections.close_all()

    def _tick_for_ever(self) -> None:
        pause = threading.Event()
        while not pause.wait(IDLE_SECONDS):
            self.tick()

    def _built(self) -> SearchIndex:
        # Noted before the customers are read: what is committed meanwhile is read again, never missed.
        self._last = CustomerChange.objects.aggregate(newest=Max("seq"))["newest"] or 0
        self._note(self._changes())
        self._without_key = set()
        everybody = _opened(_rows(Q()), without_key=self._without_key)
        index = SearchIndex.of(everybody, country=setup.firm_country())
        spare_memory.give_back()
        return index

    def _changes(self) -> list[CustomerChange]:
        # The numbers first: asked at each search, mostly in vain, and rows would be made of them all.
        fresh = set(_numbers_after(self._last - _LOOK_BACK).all()) - self._applied
        if not fresh:
            return []
        recent = CustomerChange.objects.filter(seq__gte=min(fresh)).order_by("seq")
        return [change for change in recent if change.seq not in self._applied]

    def _note(self, changes: list[CustomerChange]) -> None:
        self._applied.update(change.seq for change in changes)
        self._last = max((self._last, *self._applied))
        self._applied = {seq for seq in self._applied if seq > self._last - _LOOK_BACK}

    def _caught_up(self, index: SearchIndex) -> SearchIndex:
        if self._has_keys_again():
            return self._built()
        changes = self._changes()
        if not changes:
            return index
        customers = {change.customer_ref for change in changes if change.customer_ref}
        if len(customers) > _REBUILD_AFTER:
            return self._built()
        batches = {change.batch_ref for change in changes if change.batch_ref}
        self._without_key -= customers
        changed = _rows(Q(pk__in=customers) | Q(batch_ref__in=batches))
        now = list(_opened(changed, without_key=self._without_key))
        index.remove_all(customers - {customer for customer, _details, _beside in now})
        index.put_all(now)
        self._note(changes)
        spare_memory.give_back()
        return index

    def _has_keys_again(self) -> bool:
        """Whether somebody brought back the newest key store while this process went on."""
        some = list(islice(self._without_key, _TRIED_AGAIN))
        return bool(some) and any(True for _one in _opened(_rows(Q(pk__in=some)), without_key=set()))


@lru_cache(maxsize=1)
def _numbers_after(seq: int) -> "QuerySet[CustomerChange, int]":
    """Kept while nothing changes: making the question takes twice as long as asking it."""
    return CustomerChange.objects.filter(seq__gt=seq).values_list("seq", flat=True)


_Row = tuple[UUID, int, bytes | memoryview, UUID | None, datetime, datetime]


def _rows(which: Q) -> Iterator[_Row]:
    """A thousand at a time: all documents at once would take more memory than the index."""
    found = Customer.objects.filter(which, state=Customer.State.ACTIVE).values_list(
        "pk", "revision", "details_sealed", "responsible_ref", "created_at", "changed_at"
    )
    return found.iterator(chunk_size=_ROWS_AT_ONCE)


def _opened(rows: Iterable[_Row], *, without_key: set[UUID]) -> Iterator[Known]:
    """What the index keeps of each. One that can't be opened is left out; see sealing.opened."""
    beside: dict[UUID, Beside] = {}

    def sealed() -> Iterator[sealing.Row]:
        for customer, revision, blob, responsible, created_at, changed_at in rows:
            beside[customer] = Beside.of(responsible, created_at, changed_at)
            yield customer, revision, blob

    for customer, details in sealing.opened(sealed(), without_key=without_key):
        yield customer, details, beside.pop(customer)


register_index = RegisterIndex()
