"""What happens elsewhere and concerns backups."""

from tryggve.audit import registry
from tryggve.audit.models import Entry
from tryggve.domains.backups.services.pairs import asking, key_places
from tryggve.vault import key_places as vault_places

vault_places.provide(key_places.key_places)


@registry.on("rights.erased")
@registry.on("rights.erased-again")
@registry.on("customers.merge-settled")
@registry.on("customers.import-undone")
@registry.on("backups.stand-in-erased")
def keys_were_destroyed(entry: Entry) -> None:
    """Soon the key places get a copy without them."""
    asking.ask_for_keys(entry.recorded_at)


@registry.on("setup.kit-made")
@registry.on("setup.kit-tested")
def kits_changed(entry: Entry) -> None:
    """Soon the key places get a copy that knows them, and let in who has the pages that count."""
    asking.ask_for_keys(entry.recorded_at)
