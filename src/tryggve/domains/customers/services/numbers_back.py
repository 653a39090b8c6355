"""Taking away identity numbers again that an import gave to somebody who was here before."""

from dataclasses import replace

from tryggve import vault
from tryggve.domains.customers import number_tags, sealing
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services.halves import ForNew, sealed_for_new
from tryggve.domains.customers.services.images import Image


def is_taken_back(row: Customer, image: Image) -> bool:
    """Take them out of the row's sensitive half, which the caller saves; whether all of them were still there.

    They are known by their tags: the image holds no number. Whatever else is in that half stays.
    """
    brought = set(image.after.number_tags) - set(image.before.number_tags)
    if not brought:
        return True
    try:
        known = sealing.opened_sensitive(row)
    except vault.CannotOpen:
        return False
    tags = number_tags.looked_up(known.numbers)
    rest = replace(known, numbers=tuple(one for one in known.numbers if tags.get(one) not in brought))
    if rest != known:
        row.sensitive_revision += 1
        half = ForNew(row.pk, vault.key_id_of(bytes(row.details_sealed)), rest)
        [blob] = sealed_for_new([half], revision=row.sensitive_revision)
        row.sensitive_sealed = blob if rest else None
    return brought.issubset(tags.values())
