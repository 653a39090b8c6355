"""People whom no list may bring back: of each e-mail, telephone and identity number a keyed hash, and nothing else.

Kept on the ground of GDPR art. 17(3)(b) and 21(3): without it, nobody who was erased or who objected would be so for
longer than until the next old list. It is made only when somebody asked to be erased, or objected. Once that one is
erased the key store has them, too: a copy of the data from before the erasure knows nothing of it.
"""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from datetime import datetime

from tryggve import vault
from tryggve.domains.rights.models import Suppression
from tryggve.lib import ids

REGISTER = ids.reserved("barred")


def suppress(marks: Collection[str], *, ground: Suppression.Ground, at: datetime) -> list[str]:
    """Hold these back from now on; their tags, each once. Joins the caller's transaction.

    ``marks`` are what ``customers.api.known_again_by`` gives. Raises vault.Locked.
    """
    if not marks:
        return []
    vault.keyring().begin_tags(REGISTER)
    tags = vault.keyring().tags(map(str.encode, marks), register=REGISTER)
    each = sorted(set(tags))  # in one order: of two who share some neither waits for the other in a circle
    rows = [Suppression(tag=tag, ground=ground, made_at=at) for tag in each]
    Suppression.objects.bulk_create(rows, ignore_conflicts=True)
    return each


def hold_for_good(tags: Collection[str]) -> None:
    """Whom they are about was erased: whatever is called off, nothing lets these back."""
    Suppression.objects.filter(pk__in=tags).update(is_for_good=True)


def hold_whom_the_ledger_holds(*, at: datetime) -> None:
    """Hold everybody back again whom the key store names: the data may be a copy from before they were erased."""
    tags = sorted(vault.barred_tags())
    rows = [Suppression(tag=tag, ground=Suppression.Ground.ERASED, made_at=at) for tag in tags]
    Suppression.objects.bulk_create(rows, ignore_conflicts=True)
    hold_for_good(tags)


def let_back(tags: Collection[str]) -> None:
    """Hold these back no more: the erasure was called off. Who was erased with one of them stays away."""
    Suppression.objects.filter(pk__in=tags, is_for_good=False).delete()


def held_back(marks: Collection[str]) -> AbstractSet[str]:
    """Those of them that are held back. Raises vault.Locked, and vault.KeyGone rather than let somebody through."""
    wanted = list(marks)
    tags = vault.keyring().tags(map(str.encode, wanted), register=REGISTER)
    known = set(Suppression.objects.values_list("pk", flat=True))
    return {mark for mark, tag in zip(wanted, tags, strict=True) if tag in known}


def is_anybody_held_back() -> bool:
    return Suppression.objects.exists()
