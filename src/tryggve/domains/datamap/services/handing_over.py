"""A file goes where it belongs: a list into the register, a paper to the customer whom it is about."""

import os
from datetime import datetime
from pathlib import PurePath
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.audit.registry import Action
from tryggve.domains.customers import api as customers
from tryggve.domains.datamap import actions
from tryggve.domains.datamap.models import SafeCopy
from tryggve.domains.datamap.services import deleting, exact_files
from tryggve.lib.errors import Refusal

_LARGEST_LIST: Final = 50 * 1024 * 1024


class TooLarge(Refusal):
    sentence: ClassVar = _("The file is too large to be read as a list. Nothing was changed.")


def preview_as_list(*, file: UUID, actor: str, at: datetime) -> UUID:
    """What bringing it into the register would do; the import. The file stays where it is.

    Raises TooLarge and as ``exact_files`` and ``customers.preview_list`` do.
    """
    row, place = exact_files.on_disk(file)
    if place.size > _LARGEST_LIST:
        raise TooLarge
    with exact_files.opened(place) as held, os.fdopen(os.dup(held), "rb") as source:
        content = source.read()
    name = PurePath(place.path).name
    batch = customers.preview_list(name=name, content=content, source=name, actor=actor, at=at)
    _log(actions.FILE_IMPORTED, row.pk, actor, at)
    return batch


def move_to_customer(*, file: UUID, customer: UUID, actor: str, at: datetime, reach: Reach) -> SafeCopy:
    """Keep it sealed on the customer's card, then delete it where it lies, with a receipt.

    Raises as ``customers.keep_document`` and ``deleting.delete`` do; where the second is refused, it lies in both.
    """
    row, place = exact_files.on_disk(file)
    deleting.require_deletable(place)
    with exact_files.opened(place) as held, os.fdopen(os.dup(held), "rb") as source:
        customers.keep_document(
            customer=customer, name=PurePath(place.path).name, source=source, actor=actor, at=at, reach=reach
        )
    _log(actions.FILE_MOVED, row.pk, actor, at)
    return deleting.delete(file=file, actor=actor, at=at)


@transaction.atomic
def _log(action: Action, file: UUID, actor: str, at: datetime) -> None:
    audit.record(action, actor=actor, at=at, file=str(file))
