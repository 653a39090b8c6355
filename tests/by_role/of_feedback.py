"""What a customer told, and the link by which they tell it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tryggve.domains.outreach.services import feedback
from tryggve.domains.outreach.services.feedback import Channel


def things(customer: UUID, at: datetime) -> dict[str, Any]:
    link = feedback.feedback_address(customer=customer, at=at)
    told = feedback.give(customer=customer, answers={"safe": 1}, channel=Channel.PORTAL, at=at)
    return {"feedback": told, "feedback:answer token": link.rstrip("/").rpartition("/")[2]}


BODIES: dict[str, dict[str, Any]] = {
    "feedback:answer": {"safe": "1", "contact": "no"},
    "outreach:feedback-follow-up": {"state": "HANDLED", "revision": "1"},
}
