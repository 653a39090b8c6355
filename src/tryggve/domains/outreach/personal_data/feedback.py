from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tryggve.domains.outreach.engine import questions
from tryggve.domains.outreach.models import Feedback, FeedbackStep
from tryggve.domains.outreach.selectors import feedback as selectors
from tryggve.domains.outreach.services.feedback import KEPT_FOR
from tryggve.domains.rights import api as rights
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.subjects import Kind


def feedback_of(customer: UUID) -> Iterator[Part]:
    """What the customer answered, and what was done about it. Raises vault.CannotOpen and vault.Locked."""
    language = next((one for one in rights.LANGUAGES if one == get_language()), "en")
    for row in Feedback.objects.filter(customer_ref=customer).order_by("given_at", "pk"):
        told = questions.in_words(selectors.answers_of(row), language=language)
        values = [Value("answer", asks, answer) for asks, answer in told]
        yield Part("feedback", _("What you told us"), values, row.given_at)
        for step in row.steps.order_by("done_at", "pk"):
            done = [Value("state", _("State"), step.get_state_display())]
            if words := selectors.words_of(step, customer):
                done.append(Value("words", _("What came of it"), words))
            yield Part("step", _("What we did about it"), done, step.done_at)


def erase_feedback(customer: UUID) -> int:
    rows = Feedback.objects.filter(customer_ref=customer)
    count = rows.count()
    rows.delete()
    return count


HOLDING = registry.Holding(
    code="outreach.feedback",
    title=_("What you told us about how we look after your data"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Feedback, FeedbackStep}),
    export=feedback_of,
    erase=erase_feedback,
    retention=KEPT_FOR,
    given=frozenset({"answer"}),
)
