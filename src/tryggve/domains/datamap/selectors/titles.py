"""What places are called."""

from contextlib import suppress
from uuid import UUID

from tryggve import vault
from tryggve.domains.datamap import sealing
from tryggve.domains.datamap.models import Source
from tryggve.domains.datamap.source_details import Told


def titles() -> list[tuple[UUID, str]]:
    """What the places are called that are looked through; those that can't be opened are left out. One question.

    Raises vault.Locked.
    """
    rows = list(Source.objects.filter(removed_at=None))
    keys = vault.keyring().loaded(row.key_ref for row in rows)
    found = []
    for row in rows:
        with suppress(vault.CannotOpen):
            said = keys.open(bytes(row.told_sealed), bound_to=sealing.source_binding(row.pk))
            found.append((row.pk, Told(**sealing.from_bytes(said)).title))
    return found
