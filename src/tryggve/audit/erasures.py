"""What checkpoints state of the erasure ledger, so that an older key store that was put back is noticed."""

from django.utils.translation import gettext_lazy

from tryggve import vault
from tryggve.audit import checkpoints
from tryggve.lib.errors import Refusal

_NAME = "erasures"


class LedgerBehind(Refusal):
    """The key store's ledger of erasures lacks entries that a checkpoint has stated, or has others."""

    sentence = gettext_lazy(
        "The key store keeps fewer or other erasures than the audit log has signed: an older keys.sqlite3 was put "
        "back, or somebody changed it. Customers who were erased may be readable again. Put the newest copy of "
        "keys.sqlite3 back, and find out who was at it."
    )


@checkpoints.extension(_NAME)
def line() -> str:
    """How many erasures there are and their hash; never less than was stated before, so that an alarm stays one."""
    stated = stated_before()
    return str(vault.ledger_state()) if stated is None or _holds(stated) else stated


def require_whole() -> None:
    """Go on if the ledger has all that the newest checkpoint states. Raises LedgerBehind, and as newest does."""
    stated = stated_before()
    if stated is not None and not _holds(stated):
        raise LedgerBehind


def stated_before() -> str | None:
    """What the newest checkpoint on this disk states; None before there was one that does."""
    newest = checkpoints.newest()
    lines = newest.extensions if newest else ()
    return next((one.removeprefix(f"{_NAME} ") for one in lines if one.startswith(f"{_NAME} ")), None)


def _holds(stated: str) -> bool:
    return str(vault.ledger_state_at(int(stated.partition(" ")[0]))) == stated
