from typing import Literal
from uuid import UUID

from django.utils import timezone
from django_tasks import task
from django_tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch

from tryggve.accounts import orders
from tryggve.accounts.policy import Refused
from tryggve.audit import actors
from tryggve.domains.access.services import log as log_services
from tryggve.lib.errors import Missing
from tryggve.routines import jobs

State = Literal["under way", "done", "refused", "failed"]

_REFUSED = f"{Refused.__module__}.{Refused.__qualname__}"


class NoSuchVerification(Missing):
    """Nobody asked for it, or that is long ago."""


@task()
def verify_log(asked_by: str) -> None:
    """What the worker runs when somebody asks on the page. Raises Refused for who may no longer see the log."""
    now = timezone.now()  # noqa: TID251 - the worker's clock
    actor = actors.user(UUID(asked_by))
    orders.require_still_allowed(ordered_by=actor, name="access.log", at=now)
    log_services.verify_log(actor=actor, at=now)


def ask_for_verification(*, asked_by: UUID) -> UUID:
    """Let the worker verify the log; the job's id."""
    return jobs.enqueue(verify_log, asked_by)


def state_of(job: UUID) -> State:
    """How far a verification has come; what it found is in the log. Raises NoSuchVerification."""
    try:
        result = verify_log.get_result(str(job))
    except (TaskResultDoesNotExist, TaskResultMismatch) as cause:
        raise NoSuchVerification from cause
    if not result.is_finished:
        return "under way"
    if result.status == "SUCCESSFUL":
        return "done"
    return "refused" if any(error.exception_class_path == _REFUSED for error in result.errors) else "failed"
