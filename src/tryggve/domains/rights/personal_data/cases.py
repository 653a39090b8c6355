from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.case_keeping import KEPT_FOR
from tryggve.domains.rights.models import Case, CaseStep
from tryggve.domains.rights.selectors.requests import case_words
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.subjects import Kind


def cases_of(customer: UUID) -> Iterator[Part]:
    """Each request, what was asked in words, and what the customer was told. Raises vault.CannotOpen."""
    for row in Case.objects.filter(customer_ref=customer).order_by("opened_at", "pk"):
        values = [
            Value("kind", _("Asked for"), row.get_kind_display()),
            Value("channel", _("How it came"), row.get_channel_display()),
            Value("state", _("State"), row.get_state_display()),
            Value("received_on", _("Received"), row.received_on.isoformat()),
            Value("due_on", _("To be answered by"), row.due_on.isoformat()),
        ]
        if row.words_sealed:
            values.append(Value("words", _("In words"), case_words.words_of(row)))
        values += [Value("written", _("Written"), text) for text in _written(row) if text]
        yield Part("case", _("Request"), values, row.opened_at)


def erase_cases(customer: UUID) -> int:
    """Take away what was said; that there was a request stays, to show that it was answered (GDPR art. 5(2))."""
    said = Case.objects.filter(customer_ref=customer).exclude(words_sealed=b"").update(words_sealed=b"")
    steps = CaseStep.objects.filter(case__customer_ref=customer).exclude(words_sealed=None)
    return said + steps.update(words_sealed=None)


def with_words() -> Iterable[UUID]:
    """Whose requests still say something."""
    steps = CaseStep.objects.filter(case=OuterRef("pk")).exclude(words_sealed=None)
    rows = Case.objects.filter(~Q(words_sealed=b"") | Exists(steps))
    return rows.order_by().values_list("customer_ref", flat=True).distinct()


def _written(row: Case) -> Iterator[str]:
    for step in row.steps.order_by("done_at", "pk"):
        letter = case_words.letter_of(step, row.customer_ref)
        yield letter.text if letter else case_words.words_of_step(step, row.customer_ref)


HOLDING = registry.Holding(
    code="rights.cases",
    title=_("What you asked for by right"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Case, CaseStep}),
    export=cases_of,
    erase=erase_cases,
    retention=KEPT_FOR,
    given=frozenset({"words"}),
    unerased=with_words,
)
