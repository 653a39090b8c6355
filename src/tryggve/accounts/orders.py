"""Work that somebody ordered earlier: before it is done, the policy is asked whether they still may have it done."""

from datetime import datetime
from uuid import UUID

from tryggve.accounts import actions
from tryggve.accounts.models import User
from tryggve.accounts.policy import Answer, Refused, asking, decide
from tryggve.audit import services as audit

_PERSON, _MACHINE = "user", "machine"


def require_still_allowed(*, ordered_by: str, name: str, at: datetime) -> None:
    """Go on with work that this actor of the log ordered; a refusal is an entry. Raises Refused."""
    kind, _colon, who = ordered_by.partition(":")
    if kind == _MACHINE:
        question = asking.of_machine(name, at=at)
    else:
        person = User.objects.filter(pk=UUID(who)).first() if kind == _PERSON else None
        question = asking.of_job(person, name, at=at)
    decision = decide(question)
    if decision.answer is not Answer.ALLOW:
        audit.record(actions.REFUSED, actor=ordered_by, at=at, permission=name, rule=decision.rule)
        raise Refused(decision)
