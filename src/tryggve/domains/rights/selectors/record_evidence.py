"""Whether the record of processing holds all that it must, and is kept as it was."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from tryggve.domains.customers import api as customers
from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.changes import fingerprint
from tryggve.domains.rights.engine.purposes import LANGUAGES
from tryggve.domains.rights.models import RecordVersion
from tryggve.domains.rights.selectors.consents import choices
from tryggve.domains.rights.selectors.purposes import purposes, records
from tryggve.domains.rights.selectors.purposes.purposes import Kept
from tryggve.domains.setup import api as setup

# What every card asks for.
_ON_EACH_CARD = ("name", "email", "phone")


@dataclass(frozen=True, slots=True)
class Standing:
    """``missing``: what the law wants told and nobody has written. ``orphans``: fields that no purpose names.

    ``kept_on``: when the newest version was kept, None before any; ``is_as_kept``: whether that says what it said then.
    """

    purposes: int
    missing: int
    orphans: int
    kept_on: date | None
    is_as_kept: bool


def standing(*, at: datetime) -> Standing:
    """As the record would be told now, in the company's language."""
    used = purposes.purposes_in_use()
    record = records.the_record(choices.spoken(setup.firm_language()), today=timezone.localdate(at))
    newest = RecordVersion.objects.order_by("-number").values_list("number", flat=True).first()
    version = records.one_version(newest) if newest is not None else None
    return Standing(
        purposes=len(used),
        missing=len(record.missing),
        orphans=len(_orphans(used)),
        kept_on=timezone.localdate(version.kept_at) if version else None,
        is_as_kept=version is None or fingerprint(version.paper) == version.fingerprint,
    )


def _orphans(used: Sequence[Kept]) -> list[str]:
    """Fields of the register that no purpose asks for: those on each card, and the company's own, by their names."""
    told = {code for one in used for code in one.facts.data}
    spoken = {_compared(word) for code in told for word in _called(code)}
    fixed = [code for code in _ON_EACH_CARD if code not in told]
    return fixed + [name for name in customers.own_fields() if _compared(name) not in spoken]


def _called(code: str) -> Collection[str]:
    """A code's words in each language; what is the company's own word is called as it is written."""
    return {code, *(labels.word("data", code, language=one) for one in LANGUAGES)}


def _compared(text: str) -> str:
    return " ".join(text.casefold().split())
