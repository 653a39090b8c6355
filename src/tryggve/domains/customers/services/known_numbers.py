"""Identity numbers that a list brings for customers who were here before it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.imports.plan import Numbers
from tryggve.domains.customers.engine.sensitive import Sensitive, joined
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import halves

# Of a larger batch each row costs the database a longer look for its own value.
_BATCH_ROWS = 100


@dataclass
class KnownNumbers:
    """The sensitive halves with their numbers, sealed while the list is staged and written when it comes in force.

    Until then they are in no row, so that a cut leaves nothing of them.
    """

    numbers: Numbers
    _sealed: dict[UUID, tuple[int, bytes]] = field(default_factory=dict)

    def tagged(
        self, rows: Mapping[UUID, Customer], details: Mapping[UUID, Details]
    ) -> Mapping[UUID, Details]:
        """The details with the tags of what their customers get; who has a number by now gets none."""
        fresh = dict(self._fresh(rows, details))
        revisions = {one: rows[one].sensitive_revision + 1 for one in fresh}
        for customer in rows:
            self._sealed.pop(customer, None)
        blobs = vault.keyring().seal_many(
            (
                sensitive.to_bytes(),
                vault.key_id_of(bytes(rows[one].details_sealed)),
                sealing.sensitive_binding(one, revisions[one]),
            )
            for one, sensitive in fresh.items()
        )
        self._sealed |= {one: (revisions[one], blob) for one, blob in zip(fresh, blobs, strict=True)}
        return halves.tagged(details, {one: self.numbers[one] for one in fresh})

    def stale(self, revisions: Iterable[tuple[UUID, int]]) -> list[UUID]:
        """Those whose sensitive half somebody wrote since it was sealed here, by the revisions of now."""
        return [one for one, now in revisions if one in self._sealed and self._sealed[one][0] != now + 1]

    def write(self, customers: Iterable[UUID]) -> None:
        """Put the halves of these customers in force; join the caller's transaction."""
        for some in sealing.batches(one for one in customers if one in self._sealed):
            rows = [
                Customer(
                    pk=one, sensitive_revision=self._sealed[one][0], sensitive_sealed=self._sealed[one][1]
                )
                for one in some
            ]
            Customer.objects.bulk_update(
                rows, ["sensitive_revision", "sensitive_sealed"], batch_size=_BATCH_ROWS
            )

    def missed(self, customers: Collection[UUID]) -> set[UUID]:
        """Those of them who have a number of their own by now."""
        return {one for one in customers if one in self.numbers and one not in self._sealed}

    def _fresh(
        self, rows: Mapping[UUID, Customer], details: Mapping[UUID, Details]
    ) -> Iterable[tuple[UUID, Sensitive]]:
        for customer, said in details.items():
            if customer not in self.numbers or said.number_tags:
                continue
            try:
                known = sealing.opened_sensitive(rows[customer])
            except vault.CannotOpen:
                continue  # what can't be read isn't written over
            yield customer, joined(known, Sensitive(self.numbers[customer]))
