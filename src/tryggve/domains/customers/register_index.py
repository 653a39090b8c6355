"""This process's search index: built from the sealed details when first asked for, fresh before each answer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Max, Q

from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.search import SearchIndex
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.setup import api as setup

# On PostgreSQL a change with a lower number can be committed after one with a higher: look back this far.
_LOOK_BACK = 200
# After so many changes of single customers it is quicker to read everybody again than to ask for each.
_REBUILD_AFTER = 5000


class RegisterIndex:
    """Lend out an index that knows every change committed before the question."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: SearchIndex | None = None
        self._applied: set[int] = set()
        self._last = 0

    @contextmanager
    def fresh(self) -> Iterator[SearchIndex]:
        """The index, for as long as the block lasts; no other thread reads or changes it meanwhile."""
        with self._lock:
            if self._index is None:
                self._index = self._built()
            else:
                self._index = self._caught_up(self._index)
            yield self._index

    def forget(self) -> None:
        """Drop everything readable."""
        with self._lock:
            self._index = None
            self._applied = set()
            self._last = 0

    def _built(self) -> SearchIndex:
        # Noted before the customers are read: what is committed meanwhile is read again, never missed.
        self._last = CustomerChange.objects.aggregate(newest=Max("seq"))["newest"] or 0
        self._note(self._changes())
        return SearchIndex.of(sealing.opened(_rows(Q())), country=setup.firm_country())

    def _changes(self) -> list[CustomerChange]:
        recent = CustomerChange.objects.filter(seq__gt=self._last - _LOOK_BACK).order_by("seq")
        return [change for change in recent if change.seq not in self._applied]

    def _note(self, changes: list[CustomerChange]) -> None:
        self._applied.update(change.seq for change in changes)
        self._last = max((self._last, *self._applied))
        self._applied = {seq for seq in self._applied if seq > self._last - _LOOK_BACK}

    def _caught_up(self, index: SearchIndex) -> SearchIndex:
        changes = self._changes()
        if not changes:
            return index
        customers = {change.customer_ref for change in changes if change.customer_ref}
        if len(customers) > _REBUILD_AFTER:
            return self._built()
        batches = {change.batch_ref for change in changes if change.batch_ref}
        now = dict(sealing.opened(_rows(Q(pk__in=customers) | Q(batch_ref__in=batches))))
        for gone in customers - now.keys():
            index.remove(gone)
        index.put_all(now.items())
        self._note(changes)
        return index


def _rows(which: Q) -> list[sealing.Row]:
    found = Customer.objects.filter(which, state=Customer.State.ACTIVE)
    return list(found.values_list("pk", "revision", "details_sealed"))


register_index = RegisterIndex()
