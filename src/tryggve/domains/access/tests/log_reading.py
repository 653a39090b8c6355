"""Entries to read, and what a reader of the page sees."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.cast import NOW
from tryggve import vault
from tryggve.audit import registry
from tryggve.audit import services as audit
from tryggve.audit.models import Entry
from tryggve.audit.services import Details

LOG = "/events/log/"
CILLA, DAN = (UUID(f"01890a5d-ac96-774b-bcce-b302099a805{digit}") for digit in "78")
SAID = "Åsa ringde om räkningen"


def look_at(customer: UUID, *, by: str = "system", at: datetime = NOW) -> int:
    seen = registry.actions()["customers.viewed"]
    return audit.look(seen, actor=by, at=at, subject=customer, page="card").pk


def say(customer: UUID, *, by: str = "system") -> tuple[int, UUID]:
    """An entry with something said in words, and the key that it is sealed under."""
    (key,) = vault.keyring().create_keys([customer])
    said, deleted = Details({"reason": SAID}, key), registry.actions()["customers.deleted"]
    return audit.record(deleted, actor=by, at=NOW, subject=customer, details=said).pk, key


def text(answer: Any) -> str:
    """What one reads, tags left out and blanks as one."""
    assert answer.status_code == 200
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return told.replace("&#x27;", "'")


def shown(answer: Any) -> list[int]:
    """The entries on the page."""
    return [line.id for line in answer.context["page"].lines]


def written(code: str) -> list[Entry]:
    return list(Entry.objects.filter(action=code).order_by("id"))
