"""What was said and written about a case, opened. Who asks logs the look."""

import json
from dataclasses import dataclass
from uuid import UUID

from tryggve import vault
from tryggve.domains.rights import sealing
from tryggve.domains.rights.models import Case, CaseStep

_LETTERS = ("extended", "written-")


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """What a customer was written, and how it left: ``mail`` or ``paper``."""

    subject: str
    text: str
    language: str
    way: str


def words_of(row: Case) -> str:
    """What the customer said; empty when it was erased. Raises vault.CannotOpen."""
    if not row.words_sealed:
        return ""
    bound_to = sealing.case_binding(row.pk, row.customer_ref)
    return vault.keyring().open(bytes(row.words_sealed), bound_to=bound_to).decode()


def says(row: Case, words: str) -> bool:
    """Whether that is what the customer said; what can't be read any more is nothing that anybody says."""
    try:
        return words_of(row) == words
    except vault.CannotOpen:
        return False


def words_of_step(step: CaseStep, customer: UUID) -> str:
    """What was written down at that step; empty where nothing was, or it was erased. Raises vault.CannotOpen."""
    if step.words_sealed is None:
        return ""
    bound_to = sealing.step_binding(step.pk, customer)
    return vault.keyring().open(bytes(step.words_sealed), bound_to=bound_to).decode()


def letter_of(step: CaseStep, customer: UUID) -> KeptLetter | None:
    """The letter that was written at that step; None where none was. Raises vault.CannotOpen."""
    if step.words_sealed is None or not step.code.startswith(_LETTERS):
        return None
    return KeptLetter(**json.loads(words_of_step(step, customer)))
