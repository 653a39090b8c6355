from dataclasses import replace
from uuid import UUID

from tryggve.vault import Binding

CILLA = UUID("0190a0a0-0000-7000-8000-00000000c111")
DAN = UUID("0190a0a0-0000-7000-8000-00000000da40")

CILLAS_DETAILS = Binding(
    type_name="customers.customer", record=CILLA, subject=CILLA, part="details", revision=1
)


def details_of(subject: UUID) -> Binding:
    """Where the details of that person belong."""
    return replace(CILLAS_DETAILS, record=subject, subject=subject)
