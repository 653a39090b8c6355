from collections.abc import Collection, Iterator, Set
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tryggve import vault
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import Judge
from tryggve.domains.rights.models import SignUp
from tryggve.domains.rights.notices import CONSENT_QUESTION
from tryggve.domains.rights.selectors.retention import by_law, keeps
from tryggve.domains.rights.services import suppression
from tryggve.domains.rights.services.consents import consent_questions, merged_consents
from tryggve.domains.rights.services.links import merged_links
from tryggve.domains.rights.services.requests import merged_cases
from tryggve.domains.rights.services.retention import merged_keeping
from tryggve.notices import recipients, registry


@customers.gate
def suppressed() -> Judge | None:
    """Lists are asked about only once there is somebody to hold back."""
    return suppression.held_back if suppression.is_anybody_held_back() else None


@customers.holder
def held(some: Collection[UUID], at: datetime) -> Set[UUID]:
    """Whom the law or a dispute holds."""
    return keeps.held_of(some, today=timezone.localdate(at))


@registry.only_while(CONSENT_QUESTION)
def is_question_wanted(recipient_ref: str, made_at: datetime, at: datetime) -> bool:
    """Whether the customer may still be asked: the mail may have waited while they said no."""
    return consent_questions.is_wanted(
        UUID(recipient_ref.removeprefix(recipients.CUSTOMER)), asked_at=made_at, at=at
    )


for one in (
    customers.Carrier("rights.consents", merged_consents.join, merged_consents.part),
    customers.Carrier("rights.cases", merged_cases.join_cases, merged_cases.part_cases),
    customers.Carrier("rights.keeps", merged_cases.join_keeps, merged_cases.part_keeps),
    customers.Carrier("rights.assignment-ends", merged_keeping.join_ends, merged_keeping.part_ends),
    customers.Carrier("rights.kept-by-law", merged_keeping.join_by_law, merged_keeping.part_by_law),
    customers.Carrier("rights.links", merged_links.join_links, merged_links.part_links),
):
    customers.carrier(one)


@vault.owner("rights")
def keys_in_use() -> Iterator[UUID]:
    yield suppression.REGISTER
    for sealed in SignUp.objects.values_list("words_sealed", flat=True).iterator():
        yield vault.key_id_of(bytes(sealed))
    yield from by_law.keys_in_use()
