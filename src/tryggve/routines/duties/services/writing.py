"""What somebody writes about a duty or a turn, sealed under their own key before anything is held."""

from datetime import datetime

from tryggve import vault
from tryggve.accounts import staff_keys
from tryggve.accounts.models import User
from tryggve.lib.ids import new_id
from tryggve.routines.duties.models import Remark, Turn
from tryggve.routines.duties.selectors import remarks

LONGEST_REMARK = 1000


def remark(text: str, *, by: User, on: Remark.On, at: datetime) -> Remark | None:
    """Not kept yet; None for no text. Raises as vault.staff_keyring does."""
    text = text.strip()[:LONGEST_REMARK]
    if not text:
        return None
    id, key = new_id(), staff_keys.key_of(by)
    sealed = vault.staff_keyring().seal(text.encode(), key=key, bound_to=remarks.binding(id, by.pk))
    return Remark(pk=id, on=on, writer_ref=by.pk, written_at=at, text_sealed=sealed)


def keep(remark: Remark | None, *, duty: str, turn: Turn | None = None) -> None:
    """In the caller's transaction; nothing where there is none."""
    if remark is not None:
        remark.duty, remark.turn = duty, turn
        remark.save(force_insert=True)
