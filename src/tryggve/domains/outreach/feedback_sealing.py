"""How feedback is bound to its row, under the customer's own key. Written once each."""

from uuid import UUID

from tryggve import vault


def answers_binding(feedback: UUID, customer: UUID) -> vault.Binding:
    return vault.Binding(
        type_name="outreach.feedback", record=feedback, subject=customer, part="details", revision=1
    )


def step_binding(step: UUID, customer: UUID) -> vault.Binding:
    return vault.Binding(
        type_name="outreach.feedback-step", record=step, subject=customer, part="details", revision=1
    )
